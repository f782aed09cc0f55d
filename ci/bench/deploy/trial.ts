import { setTimeout as sleep } from "node:timers/promises"
import type { Answered } from "../../load/sent.js"
import type { BuiltRecord } from "../../release/deployable.js"
import { mainBegins, replaced } from "../../trial/edits.js"
import type { Ground } from "../../trial/ground.js"
import type { Running } from "../../trial/programs.js"
import { AROUND_MS, STEADY_MS, type Moments } from "./windows.js"

/** A release and how its deploy is to end. */
export interface Candidate {
  readonly release: BuiltRecord
  readonly outcome: "succeeded" | "taken back"
}

/** What was found while a release was deployed under load. */
export interface Trial extends Moments {
  readonly outcome: Candidate["outcome"]
  readonly answers: readonly Answered[]
  /** One line for each request that failed, and for each time that the stream broke. */
  readonly failures: readonly string[]
}

/** Until connections are there and the server has seen each kind of request. */
const WARM_MS = 2_000
const THROWS = 'throw new Error("broken on purpose")'

/** Two good releases, one that ends at its start, and one that is found out after the switch; good and bad in turn. */
export async function candidates({ variant }: Ground): Promise<Candidate[]> {
  return [
    { release: await variant(), outcome: "succeeded" },
    { release: await variant(mainBegins(THROWS)), outcome: "taken back" },
    { release: await variant(), outcome: "succeeded" },
    { release: await variant(replaced("client/index.html", "<script", "<xscript")), outcome: "taken back" },
  ]
}

/** Deploys a release under load. @throws when the deploy ends otherwise than it should */
export async function trial(there: Ground, { release, outcome }: Candidate): Promise<Trial> {
  const load = await there.load()
  try {
    await sleep(WARM_MS + STEADY_MS)
    const begun = Date.now()
    const moments = await finished(await there.start("deploy", { release }), outcome)
    await sleep(AROUND_MS)
    const { answers, failures } = await load.stop()
    return { outcome, begun, ...moments, answers, failures }
  } finally {
    await load.stop()
  }
}

/** @returns when the new version was led to, and when the program ended */
async function finished(running: Running, outcome: Candidate["outcome"]): Promise<Omit<Moments, "begun">> {
  const told = running.printed("✔ switch").then(() => Date.now())
  const { text, result } = await running.ended
  const ended = Date.now()
  if (result?.outcome !== outcome) throw new Error(`expected a deploy that ${outcome}, received:\n${text}`)
  const hasSwitched = result.steps.some((step) => step.name === "switch" && step.outcome === "done")
  return { ended, ...(hasSwitched && { switched: await told }) }
}
