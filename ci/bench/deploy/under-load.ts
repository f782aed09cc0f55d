import type { Ground } from "../../trial/ground.js"
import { percentile } from "./percentile.js"
import { candidates, trial, type Trial } from "./trial.js"
import { together, windows } from "./windows.js"

/** Fewer would not tell one lost request in ten thousand from none. */
const REQUESTS = 50_000

/** Half of the requests wait longer only where they queue. */
const BUSY_MS = 100
const TOO_BUSY = "of no use: the load was more than this machine could answer beside what else it does"

/** Deploys, good and broken in turn, under a load of reads, writes and one long stream: what failed, and what took longer. */
export async function benchUnderLoad(there: Ground, requests = REQUESTS): Promise<string[]> {
  const [all, trials] = [await candidates(there), [] as Trial[]]
  const count = () => trials.reduce((sum, { answers }) => sum + answers.length, 0)
  for (let turn = 0; count() < requests || turn % all.length !== 0; turn++) {
    const candidate = all[turn % all.length]
    if (candidate) trials.push(await trial(there, candidate))
  }
  return [
    ...lost("good deploys", trials, "succeeded"),
    ...lost("taken-back deploys", trials, "taken back"),
    ...latencies(trials),
  ]
}

function lost(name: string, trials: readonly Trial[], outcome: Trial["outcome"]): string[] {
  const those = trials.filter((each) => each.outcome === outcome)
  const requests = those.reduce((sum, { answers }) => sum + answers.length, 0)
  const failures = those.flatMap((each) => each.failures)
  const line = `  failed during ${those.length} ${name}: ${failures.length} of ${requests} requests (goal: 0)`
  return [line, ...failures.slice(0, 5).map((failure) => `    ${failure}`)]
}

function latencies(trials: readonly Trial[]): string[] {
  const { steady, during, around } = together(trials.map((each) => windows(each.answers, each)))
  const base = percentile(steady, 0.99)
  const line = (name: string, values: readonly number[]) => {
    const [middle, high] = [percentile(values, 0.5), percentile(values, 0.99)]
    const figures = `${high.toFixed(1)} ms (median ${middle.toFixed(1)} ms, ${values.length} requests)`
    return `  ${name.padEnd(52)} ${figures.padEnd(48)} ${(high / base).toFixed(2)}`
  }
  return [
    line("p99 before a deploy", steady),
    line("p99 while one goes on, its switch aside", during),
    `${line("p99 within a second around the switch", around)} (goal: at most 1.50)`,
    ...(percentile(steady, 0.5) < BUSY_MS ? [] : [`    ${TOO_BUSY}`]),
  ]
}
