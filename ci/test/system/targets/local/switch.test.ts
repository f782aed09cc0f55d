import { appendFile, rm } from "node:fs/promises"
import { once } from "node:events"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { revision } from "../../../../release/deployable.js"
import type { Instance } from "../../../../targets/target.js"
import { load } from "./load.js"
import { commitAt, followed, serving, until, type Serving } from "./serving.js"
import { build, going, opened, order, ready, variant, type Built } from "./state.js"

let built: Built

beforeAll(async () => {
  built = await build()
})
afterAll(() => rm(built.folder, { recursive: true, force: true }))

const marked = (folder: string) => appendFile(join(folder, "client/index.html"), "<!-- another -->")

/** A run that is followed ends with its server. */
const BRIEF = "SHUTDOWN_DEADLINE_MS=3000"

/** What serves, and another release that is ready beside it. */
async function twoReady() {
  const first = await serving(built, BRIEF)
  const another = await variant(first.environment, built.record, marked)
  return { ...first, second: await ready(first.target, order(another)) }
}

/** A process that switches, and then hangs. @returns kills it */
async function switcher({ environment }: Serving, instance: Instance, then: "confirm" | "hang") {
  const { FRONT_PORT } = environment.settings
  const document = `TARGET=local\nFRONT_PORT=${FRONT_PORT}\n`
  const program = join(import.meta.dirname, "switcher.ts")
  const args = ["--import", "tsx", program, environment.folder, document, JSON.stringify(instance), then]
  const child = execa(process.execPath, args, { reject: false })
  onTestFinished(() => void child.kill("SIGKILL"))
  const said = await Promise.race([
    once(child.stdout, "data").then(String),
    child.then(({ stderr }) => stderr),
  ])
  expect(said).toContain("switched")
  return () => child.kill("SIGKILL")
}

test("releases follow each other under load with not one request lost, and a stream is told to reconnect", async () => {
  const { target, first, second } = await twoReady()
  const [stream, steady] = [await followed(target, built.record), load(target.publicUrl)]
  await sleep(1_000)
  await (await target.switchTo(second, going)).confirm()
  await target.remove(first.colour, going)
  expect(await stream.all).toContain("event: reconnect")
  expect(await commitAt(target)).toBe(revision(second.release))
  expect(await (await fetch(target.publicUrl)).text()).toContain("<!-- another -->")
  const third = await ready(target, order(built.record))
  expect(third.colour).toBe(first.colour)
  for (let times = 0; times < 20; times++) {
    const switched = await target.switchTo(third, going)
    await sleep(50)
    await switched.back()
    await sleep(50)
  }
  expect(await commitAt(target)).toBe(revision(second.release))
  await target.remove(third.colour, going)
  const failures = await steady.stop()
  expect(failures).toEqual([])
  expect(steady.count()).toBeGreaterThan(500)
})

test("the front goes back when who switched is killed before it confirmed", async () => {
  const all = await twoReady()
  const { target, first, second } = all
  const steady = load(target.publicUrl)
  const kill = await switcher(all, second, "hang")
  expect((await target.serving())?.colour).toBe(second.colour)
  kill()
  await until(async () => (await target.serving())?.colour === first.colour)
  expect(await steady.stop()).toEqual([])
})

test("a deploy that begins takes back the switch of one that hangs, which can't keep it any more", async () => {
  const { environment, target, first, second } = await twoReady()
  const hanging = await (await opened(environment)).switchTo(second, going)
  expect(await target.serving()).toEqual(second)
  expect(await target.settled?.()).toEqual(first)
  expect(await commitAt(target)).toBe(revision(first.release))
  await expect(hanging.confirm()).rejects.toThrow("another deploy has taken it back")
})

test("a switch that comes after its deadline is taken back", async () => {
  const { environment, target, first, second } = await twoReady()
  const program = `local/daemon.ts ${resolve(environment.folder)}`
  const daemon = (signal: string) => execa("pkill", [signal, "-f", program])
  await daemon("-STOP")
  const late = target.switchTo(second, AbortSignal.timeout(500))
  const refused = expect(late).rejects.toThrow("timeout")
  await sleep(1_000)
  await daemon("-CONT")
  await refused
  expect(await target.serving()).toEqual(first)
})

test("the front stays when who switched is killed after it confirmed", async () => {
  const all = await twoReady()
  const kill = await switcher(all, all.second, "confirm")
  kill()
  // The daemon hears of the end of a connection before it answers on another.
  await sleep(200)
  expect(await all.target.serving()).toEqual(all.second)
})

test("what was told to end goes on ending by itself when its caller is gone", async () => {
  const { environment, target, first, second } = await twoReady()
  const stream = await followed(target, built.record)
  await (await target.switchTo(second, going)).confirm()
  const caller = await opened(environment)
  const removed = caller.remove(first.colour, going).catch(String)
  await caller.close()
  expect(await removed).toContain("daemon")
  expect(await stream.all).toContain("event: reconnect")
  await target.remove(first.colour, going)
})

test("a colour that serves can't be removed", async () => {
  const { target, first } = await serving(built)
  await expect(target.remove(first.colour, going)).rejects.toThrow(`${first.colour} serves`)
})

test("while the front holds requests back they wait, none fails, and none is under way", async () => {
  const { target } = await serving(built, BRIEF)
  const steady = load(target.publicUrl)
  const stream = await followed(target, built.record)
  const waiting = await target.holding?.(async () => {
    let isAnswered = false
    const held = fetch(`${target.publicUrl}/version`).then((response) => {
      isAnswered = true
      return response.status
    })
    await sleep(500)
    expect(isAnswered).toBe(false)
    return { held }
  })
  expect(await waiting?.held).toBe(200)
  expect(await steady.stop()).toEqual([])
  expect(stream).toBeDefined()
})
