import { readFile } from "node:fs/promises"
import { request } from "undici"
import { readSettings } from "../../environment/settings/read.js"
import { Deployable } from "../../release/deployable.js"
import { checkout } from "../../trial/checkout.js"
import { startProgram, type Place } from "../../trial/programs.js"
import { row } from "../figures.js"
import { until } from "./instances.js"

const ENVIRONMENT = "staging"
const POLL_MS = 20
const SKIPPED =
  "skipped: expected SWARM_SETTINGS and SWARM_RELEASE, files with the settings of an environment staging on a swarm and a release record"

/** From a record to the version that serves on a swarm, in an environment that whoever calls has set up for it. */
export async function benchSwarm(rounds: number): Promise<string[]> {
  const { SWARM_SETTINGS, SWARM_RELEASE } = process.env
  const figures = { name: "deploy --release on swarm, until it answers", milliseconds: [] as number[] }
  if (!SWARM_SETTINGS || !SWARM_RELEASE) return [`  ${figures.name} ${SKIPPED}`]
  const release = Deployable.parse(JSON.parse(await readFile(SWARM_RELEASE, "utf8")))
  const { folder, remove } = await checkout()
  try {
    const settings = await readFile(SWARM_SETTINGS, "utf8")
    const place: Place = { folder, environment: ENVIRONMENT, settings }
    for (let round = 0; round <= rounds; round++)
      figures.milliseconds.push(await recordToServing(place, release, `v0.0.${Date.now()}`))
    // Before the first one nothing may have served, and no image have been pulled.
    const after = { ...figures, milliseconds: figures.milliseconds.slice(1) }
    return [row(after, after)]
  } finally {
    await remove()
  }
}

async function recordToServing(place: Place, release: Deployable, tag: string): Promise<number> {
  const publicUrl = publicUrlOf(place)
  const began = performance.now()
  const answered = until(async () => (await versionAt(publicUrl)) === tag, POLL_MS).then(
    () => performance.now() - began,
  )
  const running = await startProgram(place, "deploy", { release, flags: [`--release-tag=${tag}`] })
  const [milliseconds, { exitCode, text }] = await Promise.all([answered, running.ended])
  if (exitCode !== 0) throw new Error(`expected the deploy to succeed, it ended with ${exitCode}:\n${text}`)
  return milliseconds
}

function publicUrlOf({ environment, settings }: Place): string {
  const read = readSettings(environment, settings)
  if (read.TARGET === "swarm") return read.PUBLIC_URL
  throw new Error(`expected SWARM_SETTINGS to be of a swarm, received those of ${read.TARGET}`)
}

async function versionAt(url: string): Promise<string | undefined> {
  const answer = await request(`${url}/version`).catch(() => undefined)
  const said = await answer?.body.text()
  return answer?.statusCode === 200 && said ? (JSON.parse(said) as { version: string }).version : undefined
}
