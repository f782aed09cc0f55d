import { randomBytes } from "node:crypto"
import { chmod, cp, mkdtemp, rm, utimes } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { readSettings } from "../../../../environment/settings/read.js"
import type { LocalSettings } from "../../../../environment/settings/settings.js"
import { freePort } from "../../../../host/free-port.js"
import { project } from "../../../../pipeline/project.js"
import type { BuiltRecord } from "../../../../release/deployable.js"
import { builtRelease } from "../../../../targets/local/build.js"
import { localDown } from "../../../../targets/local/down.js"
import { placesIn } from "../../../../targets/local/places.js"
import { localTarget } from "../../../../targets/local/local.js"
import type { Instance, Order, Target } from "../../../../targets/target.js"

/** Not aborted. */
export const going = new AbortController().signal

/** An environment `local` of a test's own, below the checkout, where releases find their packages. */
export interface State {
  /** Relative to the checkout. */
  readonly folder: string
  /** The `TMPDIR` of all that is started. */
  readonly temporary: string
  readonly settings: LocalSettings
}

/** A build of this checkout, in a folder that is no environment. */
export interface Built {
  readonly folder: string
  readonly record: BuiltRecord
}

/** Builds this checkout, for several tests. Whoever builds removes the folder. */
export async function build(): Promise<Built> {
  const folder = join(".local", `built-${randomBytes(3).toString("hex")}`)
  return { folder, record: await builtRelease(() => undefined, folder) }
}

/**
 * Makes an environment that has a build. What it starts and writes goes with the test.
 * @param document settings beside target and port
 */
export async function state(built: string, document = ""): Promise<State> {
  const folder = join(".local", `test-${randomBytes(3).toString("hex")}`)
  await cp(join(built, "releases"), join(folder, "releases"), { recursive: true })
  const temporary = await ownTemporary()
  onTestFinished(async () => {
    await localDown(folder)
    await rm(placesIn(folder).database, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  })
  const settings = readSettings(
    "local",
    `TARGET=local\nFRONT_PORT=${await freePort()}\nRATE_LIMIT_PER_MINUTE=1000000\n${document}`,
  ) as LocalSettings
  return { folder, temporary, settings }
}

async function ownTemporary(): Promise<string> {
  const [before, folder] = [process.env["TMPDIR"], await mkdtemp(join(tmpdir(), "local-"))]
  await chmod(folder, 0o711)
  process.env["TMPDIR"] = folder
  onTestFinished(async () => {
    if (before === undefined) delete process.env["TMPDIR"]
    else process.env["TMPDIR"] = before
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

/** A connection to the environment, which ends with the test. */
export async function opened({ settings, folder }: State): Promise<Target> {
  const target = await localTarget(settings, folder)
  onTestFinished(() => target.close())
  return target
}

/** Another release: a copy of a build, with a change. */
export async function variant(
  { folder }: State,
  record: BuiltRecord,
  change: (folder: string) => Promise<void>,
): Promise<BuiltRecord> {
  const other = { ...record, build: randomBytes(32).toString("hex") }
  const copy = join(folder, "releases", other.build)
  await cp(join(folder, "releases", record.build), copy, { recursive: true })
  await change(copy)
  await utimes(copy, new Date(), new Date())
  return other
}

/** Applies a release's migrations. */
export async function migrated(target: Target, order: Order): Promise<void> {
  const lines: string[] = []
  const command = { argv: project.commands.migrate, line: (text: string) => void lines.push(text) }
  const { exitCode } = await target.run(order, command, going)
  if (exitCode !== 0) throw new Error(lines.join("\n"))
}

/** Starts a release and waits until it is ready. */
export async function ready(target: Target, order: Order): Promise<Instance> {
  const instance = await target.start(order, going)
  for (;;) {
    const answer = await target.ask(instance, "/readyz", going).catch(() => undefined)
    if (answer?.status === 200) return instance
    const fault = await target.fault(instance)
    if (fault !== undefined) throw new Error(`it ${fault}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Starts a release, and leads to it for good. */
export async function deployed(target: Target, order: Order): Promise<Instance> {
  const instance = await ready(target, order)
  const switched = await target.switchTo(instance, going)
  await switched.confirm()
  return instance
}

/** An order without a version. */
export const order = (release: BuiltRecord): Order => ({ release, version: "unreleased" })
