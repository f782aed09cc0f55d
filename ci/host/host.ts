import type { ParsedCall } from "../call.js"
import { takenDown } from "../down.js"
import type { Facts } from "../pipeline/facts.js"
import type { Option } from "../pipeline/function.js"
import { EXIT, exitCodeOfAll, type FunctionResult } from "../pipeline/outcome.js"
import { plan } from "../pipeline/plan.js"
import type { project } from "../pipeline/project.js"
import { secretAt } from "../secret-reference.js"
import { checkedOutCommit } from "./commit.js"
import { interruption } from "./interruption.js"
import { isUp } from "./platform/control.js"
import { stayUp } from "./platform/up.js"
import { liveReporter } from "./report/live.js"
import { plainReporter } from "./report/plain.js"
import { run } from "./run.js"

/** Carries out a call on this machine and says how it went. */
export async function runOnHost(call: ParsedCall): Promise<number> {
  const interrupted = interruption()
  const result = call.called.name === "down" ? await takenDown(call) : await ran(call, interrupted)
  if (call.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  else if (result.result && call.called.printsResult)
    process.stdout.write(`${JSON.stringify(result.result, null, 2)}\n`)
  // Ctrl-C is how `up` is meant to end once it is up.
  const endedAsMeant = call.called.name === "up" && result.outcome === "passed"
  if (interrupted.aborted && !endedAsMeant) return EXIT.interrupted
  return exitCodeOfAll(result.stages, result.outcome)
}

async function ran(call: ParsedCall, signal: AbortSignal): Promise<FunctionResult> {
  const { called, options, json } = call
  const isUpCall = called.name === "up"
  if (isUpCall && (await isUp())) throw new Error("the platform is up already; npm run ci -- down ends it")
  const planned = plan(called, options["only"] as keyof typeof project.tests | undefined)
  // A stage that the function is named for is repeated as it was called.
  const stages = planned.map((stage) =>
    stage.name === called.name ? { ...stage, repeat: asCalled(called.name, options) } : stage,
  )
  const output = json ? process.stderr : process.stdout
  return run({
    name: called.name,
    stages,
    facts: await factsOf(call),
    ports: { client: options["port"] ?? "0", server: options["server-port"] ?? "0" },
    signal,
    reporter: (logs) =>
      output.isTTY && !process.env["CI"]
        ? liveReporter(output, { stages, title: `npm run ci -- ${called.name}`, logs })
        : plainReporter(output, logs),
    ...(isUpCall && { stay: stayUp }),
  })
}

/** Never has a secret: those come by environment variables. */
function asCalled(name: string, options: ParsedCall["options"]): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const flags = given.map(([flag, value]) => (value === "true" ? `--${flag}` : `--${flag} ${value}`))
  return ["npm run ci --", name, ...flags].join(" ")
}

/** What the caller says, and what git says of the commit unless the caller is the one to say it. */
async function factsOf({ called, options }: ParsedCall): Promise<Facts> {
  const { options: flags = [], variables = [] } = called
  const asksCommit = flags.some(({ fact, from }) => fact === "commit" && from === undefined)
  const commit = asksCommit ? undefined : await checkedOutCommit()
  const said = [
    ["commit", commit],
    ...flags.map((flag) => [flag.fact, valueOf(flag, options[flag.name])]),
    ...variables.map(({ name, fact }) => [fact, process.env[name]]),
  ]
  return Object.fromEntries(
    said.filter(([fact, value]) => fact !== undefined && value !== undefined),
  ) as Facts
}

function valueOf({ isSecret }: Option, given: string | undefined): string | undefined {
  return isSecret && given !== undefined ? secretAt(given, process.env) : given
}
