import { Client } from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { revision } from "../../../release/deployable.js"
import { mainBegins } from "../../../trial/edits.js"
import { ground, type Ground } from "../../../trial/ground.js"
import { answering, underLoad } from "./under-load.js"

let there: Ground
beforeAll(async () => {
  there = await ground()
})
afterAll(() => there.remove())

/** What a deploy stands on does not answer; what hangs in a release is in `broken.test.ts`. */

const HELD = "BEGIN; LOCK TABLE delivery.lock IN ACCESS EXCLUSIVE MODE"

/** A session of the environment's database that keeps the lock's row from everybody. */
async function holding(): Promise<Client> {
  const client = new Client({ connectionString: there.target.databaseUrl })
  await client.connect()
  await client.query(HELD)
  return client
}

test("a lock that is not given in time changes nothing", async () => {
  const before = await answering(there)
  const client = await holding()
  const release = await there.variant()
  const { exitCode, result, text } = await underLoad(there, () =>
    there.call("deploy", { release, settings: "DEADLINES=lock=4" }),
  )
  await client.end()
  expect(result, text).toMatchObject({ outcome: "refused", failedStep: "lock" })
  expect(result?.reason).toContain("within 4 s")
  expect(exitCode).toBe(1)
  expect(await answering(there)).toBe(before)
})

test("a lock that can't be given back in time is free once the deploy has ended, which has succeeded", async () => {
  const release = await there.variant()
  const { client, ended } = await underLoad(there, async () => {
    const running = await there.start("deploy", { release, settings: "DEADLINES=unlock=2" })
    await running.printed("✔ smoke")
    const client = await holding()
    return { client, ended: await running.ended }
  })
  await client.end()
  expect(ended.result, ended.text).toMatchObject({ outcome: "succeeded" })
  expect(ended.exitCode).toBe(0)
  const next = await there.call("deploy", { release: await there.variant() })
  expect(next.exitCode, next.text).toBe(0)
})

test("what a killed deploy left, and does not end, holds the start of the next one up only once", async () => {
  const before = await answering(there)
  const deaf = await there.variant(
    mainBegins(
      'process.on("SIGTERM", () => undefined); process.exit = () => undefined; setInterval(() => undefined, 1000)',
    ),
  )
  await underLoad(there, async () => {
    const running = await there.start("deploy", { release: deaf })
    await running.printed("✔ start new")
    running.kill()
    await running.ended
  })
  const release = await there.variant()
  const ended = await underLoad(there, () =>
    there.call("deploy", { release, settings: "DEADLINES=start new=3" }),
  )
  expect(ended.result, ended.text).toMatchObject({ outcome: "taken back", failedStep: "start new" })
  expect(ended.exitCode).toBe(3)
  expect(await answering(there)).toBe(before)
  const next = await underLoad(there, () => there.call("deploy", { release }))
  expect(next.exitCode, next.text).toBe(0)
  expect(await answering(there)).toBe(revision(release))
})
