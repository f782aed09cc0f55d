import type { Answered } from "../../load/sent.js"

/** A deploy under load, in milliseconds since the epoch. */
export interface Moments {
  /** When its program was called. */
  readonly begun: number
  /** Absent when it did not come to that. */
  readonly switched?: number
  readonly ended: number
}

/** How long requests took that were begun in a window of time, in milliseconds. */
export interface Windows {
  /** Before the deploy began. */
  readonly steady: readonly number[]
  /** While it went on, the moment of its switch aside. */
  readonly during: readonly number[]
  /** Within a second around its switch. */
  readonly around: readonly number[]
}

/** How long before a deploy its steady state is looked at. */
export const STEADY_MS = 5_000
/** On either side of the switch. */
export const AROUND_MS = 1_000

/** Sorts requests by when they were begun. Those that belong to no window are left out. */
export function windows(answers: readonly Answered[], { begun, switched, ended }: Moments): Windows {
  const isAround = (at: number) => switched !== undefined && Math.abs(at - switched) <= AROUND_MS
  const taken = (isIn: (at: number) => boolean) =>
    answers.filter(({ at }) => isIn(at)).map(({ milliseconds }) => milliseconds)
  return {
    steady: taken((at) => at >= begun - STEADY_MS && at < begun),
    during: taken((at) => at >= begun && at <= ended && !isAround(at)),
    around: taken(isAround),
  }
}

/** The windows of several deploys as if they were of one. */
export function together(all: readonly Windows[]): Windows {
  return {
    steady: all.flatMap(({ steady }) => steady),
    during: all.flatMap(({ during }) => during),
    around: all.flatMap(({ around }) => around),
  }
}
