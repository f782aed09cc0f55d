/** Times of one thing that was measured several times, in milliseconds. */
export interface Figures {
  readonly name: string
  readonly milliseconds: readonly number[]
}

/** The middle of the measured times. */
export function median({ milliseconds }: Figures): number {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** How long a piece of work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Measures several things in turn, round by round, so that a busy moment of the machine hits all alike. */
export async function inTurn(
  rounds: number,
  works: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<Figures[]> {
  const figures = Object.keys(works).map((name) => ({ name, milliseconds: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const { name, milliseconds } of figures)
      milliseconds.push(await timed(works[name] ?? (() => Promise.resolve())))
  }
  return figures
}

/** A row: what was measured, its median with the range, and its ratio to a base. */
export function row(figures: Figures, base: Figures): string {
  const [least, most] = [Math.min(...figures.milliseconds), Math.max(...figures.milliseconds)]
  const range = `${readable(median(figures))} (${readable(least)} to ${readable(most)})`
  return `  ${figures.name.padEnd(52)} ${range.padEnd(34)} ${(median(figures) / median(base)).toFixed(2)}`
}

function readable(milliseconds: number): string {
  return milliseconds < 2_000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
