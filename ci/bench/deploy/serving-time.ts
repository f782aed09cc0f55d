import { join } from "node:path"
import { request } from "undici"
import { readSettings } from "../../environment/settings/read.js"
import { freePort } from "../../host/free-port.js"
import type { Scratch } from "../../host/reaper/scratch.js"
import { revision } from "../../release/deployable.js"
import { serverProgram } from "../../targets/local/daemon/program.js"
import { spawned } from "../../targets/local/daemon/spawned.js"
import { placesIn } from "../../targets/local/places.js"
import { serverVariables } from "../../targets/server-variables.js"
import type { Ground } from "../../trial/ground.js"
import { median, row } from "../figures.js"
import { commitAt, serving, until } from "./instances.js"

const POLL_MS = 20
const GOAL_MS = 3_000

/** From a record to the version that serves, beside what the server alone takes to be ready. */
export async function benchServing(there: Ground, own: Scratch, rounds: number): Promise<string[]> {
  const start = { name: "the server alone, until it is ready", milliseconds: [] as number[] }
  const deploy = { name: "deploy --release, until the new version answers", milliseconds: [] as number[] }
  let steps = ""
  for (let round = 0; round < rounds; round++) {
    start.milliseconds.push(await serverStart(there, own))
    const served = await recordToServing(there)
    deploy.milliseconds.push(served.milliseconds)
    steps = served.steps
  }
  const added = median(deploy) - median(start)
  const goal = `  the deploy adds ${added.toFixed(0)} ms (goal: under ${GOAL_MS} ms)`
  return [row(start, start), row(deploy, start), `    its steps, the last time: ${steps}`, goal]
}

/** Starts the server of what serves as the target does, by hand, and ends it again. */
async function serverStart(there: Ground, own: Scratch): Promise<number> {
  const { release, version } = await serving(there)
  const [port, order] = [await freePort(), { release, version }]
  const variables = serverVariables(readSettings(there.environment, there.settings), order)
  const program = serverProgram({ ...order, variables }, port, {
    places: placesIn(join(there.folder, ".local")),
    databaseUrl: there.target.databaseUrl,
    publicUrl: () => there.url,
    temporary: join(own.folder, "tmp"),
  })
  const began = performance.now()
  const server = spawned(program, { log: join(own.folder, "server.log"), scratch: own })
  await until(() => isReady(`http://127.0.0.1:${port}`), POLL_MS)
  const milliseconds = performance.now() - began
  await server.end(new AbortController().signal)
  return milliseconds
}

async function isReady(url: string): Promise<boolean> {
  const answer = await request(`${url}/readyz`).catch(() => undefined)
  await answer?.body.dump()
  return answer?.statusCode === 200
}

interface Served {
  /** From the call of the program until the new version answered. */
  readonly milliseconds: number
  /** Each step with its time, for people. */
  readonly steps: string
}

/** Deploys another release. @throws when that does not succeed */
async function recordToServing(there: Ground): Promise<Served> {
  const release = await there.variant()
  const began = performance.now()
  const answered = until(async () => (await commitAt(there.url)) === revision(release), POLL_MS).then(
    () => performance.now() - began,
  )
  const [milliseconds, ended] = await Promise.all([answered, there.call("deploy", { release })])
  if (ended.result?.outcome !== "succeeded")
    throw new Error(`expected the deploy to succeed, it ended with ${ended.exitCode}:\n${ended.text}`)
  const steps = ended.result.steps.map(({ name, seconds }) => `${name} ${seconds.toFixed(2)} s`).join(", ")
  return { milliseconds, steps }
}
