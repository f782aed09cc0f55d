import type { ParsedCall } from "../call.js"
import type { Facts } from "../pipeline/facts.js"
import { EXIT, type FunctionResult } from "../pipeline/outcome.js"
import { plan } from "../pipeline/plan.js"
import type { project } from "../pipeline/project.js"
import { checkedOutCommit } from "./commit.js"
import { interruption } from "./interruption.js"
import { down, isUp } from "./platform/control.js"
import { stayUp } from "./platform/up.js"
import { liveReporter } from "./report/live.js"
import { plainReporter } from "./report/plain.js"
import { run } from "./run.js"

/** Carries out a call on this machine and says how it went. */
export async function runOnHost(call: ParsedCall): Promise<number> {
  const interrupted = interruption()
  const result = call.called.name === "down" ? await takenDown(call) : await ran(call, interrupted)
  if (call.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  // Ctrl-C is how `up` is meant to end once it is up.
  const endedAsMeant = call.called.name === "up" && result.outcome === "passed"
  if (interrupted.aborted && !endedAsMeant) return EXIT.interrupted
  return result.outcome === "passed" || result.outcome === "skipped" ? EXIT.passed : EXIT.failed
}

async function ran({ called, options, json }: ParsedCall, signal: AbortSignal): Promise<FunctionResult> {
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
    facts: await factsOf(called.name, options),
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
  const flags = given.map(([flag, value]) => `--${flag} ${value}`)
  return ["npm run ci --", name, ...flags].join(" ")
}

/** What the caller says for a function that works on something outside; what git says for all others. */
async function factsOf(name: string, options: ParsedCall["options"]): Promise<Facts> {
  if (name === "migrate") return known({ databaseUrl: process.env["DATABASE_URL"] })
  if (name === "smoke") {
    return known({
      serverUrl: options["url"],
      clientUrl: options["client-url"],
      commit: options["commit"],
      smokeKey: process.env["SMOKE_API_KEY"],
    })
  }
  return known({ commit: await checkedOutCommit() })
}

function known(facts: Readonly<Record<string, string | undefined>>): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

async function takenDown({ json }: ParsedCall): Promise<FunctionResult> {
  const started = performance.now()
  const wasUp = await down()
  const said = wasUp ? "The platform is down." : "Nothing was up."
  ;(json ? process.stderr : process.stdout).write(`${said}\n`)
  const seconds = Math.round(performance.now() - started) / 1000
  return {
    function: "down",
    executor: "host",
    outcome: "passed",
    seconds,
    stages: [],
    result: { was: wasUp ? "up" : "down" },
  }
}
