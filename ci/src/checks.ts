import { FUNCTIONS } from "../pipeline/functions.js"
import { inParts } from "../pipeline/parts.js"
import { plan } from "../pipeline/plan.js"
import type { project } from "../pipeline/project.js"
import type { Stage } from "../pipeline/stage.js"
import { report } from "./evidence.js"
import { runStage, type Ended } from "./stage.js"
import type { Sources } from "./trees.js"

/**
 * Runs the stages of a function, each as soon as what it needs has passed, all at once where they can be.
 * @returns a line for each stage
 * @throws when one did not pass, with what it printed, as the host tells it
 */
export async function checked(
  name: string,
  sources: Sources,
  only?: keyof typeof project.tests,
): Promise<string> {
  const called = FUNCTIONS.find((each) => each.name === name)
  const ended = await runStages(inParts(called ? plan(called, only) : []), sources)
  if (ended.some(isBad)) throw new Error(await told(ended, sources))
  return summary(ended)
}

async function runStages(stages: readonly Stage[], sources: Sources): Promise<Ended[]> {
  const running = new Map<string, Promise<Ended>>()
  for (const stage of stages) {
    const needs = (stage.needs ?? []).flatMap((name) => running.get(name) ?? [])
    running.set(stage.name, afterNeeds(stage, sources, needs))
  }
  return Promise.all(running.values())
}

async function afterNeeds(stage: Stage, sources: Sources, needs: Promise<Ended>[]): Promise<Ended> {
  const missing = (await Promise.all(needs)).find(({ state }) => state !== "passed")
  if (!missing) return runStage(stage, sources)
  return { stage, state: "skipped", output: `needs ${missing.stage.name}, which did not pass` }
}

/** What the host would print, as far as the tree's own program can be run; what the stages printed otherwise. */
async function told(ended: readonly Ended[], sources: Sources): Promise<string> {
  const raw = ended.filter(isBad).map(({ stage, output }) => `── ${stage.name} ──\n${output}`)
  const text = await report(sources)
    .then((made) => made.text())
    .catch(() => "")
  return [text || raw.join("\n\n"), summary(ended)].join("\n\n")
}

function summary(ended: readonly Ended[]): string {
  return ended.map(({ stage, state, output }) => line(stage, state, output)).join("\n")
}

function line(stage: Stage, state: Ended["state"], output: string): string {
  const reason = state === "skipped" ? `: ${output.trim().split("\n").at(-1) ?? ""}` : ""
  return `${state.padEnd(7)}  ${stage.name}${reason}`
}

const isBad = ({ state }: Ended) => state === "failed" || state === "error"
