/** One thing that a stage's command found wrong. */
export interface Finding {
  /** `server/src/app.ts:12`, or the file alone, from the checkout's root; absent when the output names none. */
  readonly place?: string
  /** What is wrong, in the tool's own words, on one line. */
  readonly message: string
  /** The command that repeats just this; absent where only the whole stage can be repeated. */
  readonly repeat?: string
}

/** Reads the findings of one kind of tool out of plain lines; none when the output is not that tool's. */
export type Reader = (lines: readonly string[]) => Finding[]
