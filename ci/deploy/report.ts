import { STEP_BEGINS, STEPS } from "../pipeline/deploy-steps.js"
import { USUAL_PORT } from "../environment/settings/local.js"
import { shortRevision } from "../release/deployable.js"
import { duration } from "../report/table.js"
import type { Order } from "../targets/target.js"
import type { Request } from "./request.js"
import type { Finished } from "./programs/program.js"
import { described, exitCodeOf, type DeployResult, type StepResult } from "./result.js"
import type { Listener } from "./teller.js"

const WIDTH = Math.max(...STEPS.map(({ length }) => length))

/** Prints each step when it begins and when it has ended. */
export const listener = (say: (line: string) => void): Listener => ({
  begun: (name) => say(STEP_BEGINS + name),
  ended: (step) => say(stepText(step)),
})

/** What is to be done, and what serves now. */
export async function title({ kind, settings, target }: Request, order?: Order): Promise<string> {
  const what = order ? ` ${order.version} (${shortRevision(order.release)})` : ""
  const where = `${settings.environment}, on ${target.name}`
  const now = await target.serving().then(described, notKnown)
  return `\n${kind}${what} ${kind === "deploy" ? "to" : "of"} ${where}\n  serving now: ${now}\n`
}

/** A deploy may be there to mend just that. */
const notKnown = (error: unknown) => `not known: ${error instanceof Error ? error.message : String(error)}`

/** Such as `  ✔ health gate   1.2 s  ready 3 times in a row`. */
export function stepText({ name, outcome, seconds, note }: StepResult): string {
  const time = (outcome === "left out" ? "" : duration(Math.max(seconds, 0.001))).padStart(8)
  const [first = "", ...others] = note.split("\n")
  const line = `  ${MARKS[outcome]} ${name.padEnd(WIDTH)} ${time}  ${first}`.trimEnd()
  return [line, ...others.map((other) => `      ${other}`)].join("\n")
}

const MARKS = { done: "✔", "left out": "○", failed: "✖" } as const

/** What was asked for, and who is told. */
type Asked = Pick<Request, "settings" | "again" | "say">

/** Says how it ended and what serves, and with what it is done again; the program's last words. */
export function finished(result: DeployResult, asked: Asked): Finished {
  asked.say(ending(result, asked))
  return { exitCode: exitCodeOf(result.outcome), result }
}

function ending(result: DeployResult, asked: Asked): string {
  const { kind, outcome, failedStep, reason, serving, seconds, publicUrl } = result
  const head = `${kind} ${WORDS[outcome]} in ${duration(seconds)}`
  const [first = ""] = (reason ?? "no reason").split("\n")
  const why =
    outcome === "succeeded" ? [] : [`  ${failedStep ?? "it"}: ${first.replace(/:$/, ", see above")}`]
  const again = outcome === "succeeded" ? [] : [`  the same on a laptop: ${command(result, asked)}`]
  const numbered = result.deployment === null ? "" : `, deployment ${result.deployment}`
  const mark = outcome === "succeeded" ? "✔" : "✖"
  const where = `  serving: ${serving} at ${publicUrl}`
  return ["", `${mark} ${head}${numbered}`, ...why, where, ...keys(result), ...again].join("\n")
}

/** They are no secrets: salted, and made to be shown to the other environments. */
const keys = ({ outcome, fingerprints }: DeployResult) =>
  outcome === "succeeded" && fingerprints.length > 0
    ? [`  its keys, for OTHER_FINGERPRINTS of the other environments: ${fingerprints.join(",")}`]
    : []

const WORDS: Readonly<Record<DeployResult["outcome"], string>> = {
  succeeded: "succeeded",
  refused: "refused, nothing was changed",
  "taken back": "taken back, what served before serves",
  failed: "failed, and nothing served before",
  lost: "failed, and what serves is not what should: please look",
}

function command({ kind, environment, target, commit }: DeployResult, { settings, again }: Asked): string {
  const isHere = settings.TARGET === "local"
  const isPlain = isHere && environment === "local" && settings.FRONT_PORT === USUAL_PORT
  const flags = [
    ...(isPlain ? [] : [`--settings file://.env.${environment}`]),
    ...(isHere && !isPlain ? ["--on host"] : []),
    ...(kind === "deploy" && target !== "local" ? ["--release release.json"] : []),
    // Without a name it would be another one the next time.
    ...(kind === "rollback" && again.length === 0 && commit !== "" ? [`--to ${commit}`] : again),
  ]
  const called = ["npm run ci --", kind, `--environment ${environment}`, ...flags].join(" ")
  return kind === "deploy" && target !== "local" && commit !== "" ? `${found(commit)} && ${called}` : called
}

/** Publishes nothing: it finds the record of what was published of the commit. */
const found = (commit: string) =>
  `npm run --silent ci -- publish --registry-address "$REGISTRY_ADDRESS" --commit-sha ${commit} --json > release.json`
