import { once } from "node:events"
import { connect } from "node:net"
import { Client } from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { project } from "../../../pipeline/project.js"
import { revision } from "../../../release/deployable.js"
import { mainBegins, recorded, withMigration } from "../../../trial/edits.js"
import { ground, type Ground } from "../../../trial/ground.js"
import { answering, underLoad } from "./under-load.js"

let there: Ground
beforeAll(async () => {
  there = await ground()
})
afterAll(() => there.remove())

/** Whatever hangs in a step of a release's own is in `broken.test.ts`; here it is what surrounds it. */

test("a check that gets no answer of the database ends in time, and changes nothing", async () => {
  const before = await answering(there)
  const client = new Client({ connectionString: there.target.databaseUrl })
  await client.connect()
  await client.query("BEGIN; LOCK TABLE _prisma_migrations IN ACCESS EXCLUSIVE MODE")
  const release = await there.variant()
  const { exitCode, result, text } = await there.call("deploy", { release, settings: "DEADLINES=check=4" })
  await client.end()
  expect(result, text).toMatchObject({ outcome: "refused", failedStep: "check" })
  expect(result?.reason).toContain("within 4 s")
  expect(exitCode).toBe(1)
  expect(await answering(there)).toBe(before)
})

test("a request that never ends does not let a backup wait for ever, nor others fail", async () => {
  const before = await answering(there)
  const { port } = new URL(there.url)
  const socket = connect(Number(port), "127.0.0.1")
  await once(socket, "connect")
  socket.on("error", () => undefined)
  const order = { release: there.first, version: "unreleased" }
  const command = { argv: project.commands.smokeKey, line: () => undefined }
  const { stdout: key } = await there.target.run(order, command, new AbortController().signal)
  const head = [
    "POST /api/workflows HTTP/1.1",
    ...["host: x", "content-type: application/json", "content-length: 1000", `authorization: Bearer ${key}`],
  ]
  // The rest of the body never comes.
  socket.write(`${head.join("\r\n")}\r\n\r\n{`)
  const release = await there.variant()
  const { exitCode, result, text } = await underLoad(there, () => there.call("deploy", { release }))
  socket.destroy()
  expect(result, text).toMatchObject({ outcome: "refused", failedStep: "back up" })
  expect(exitCode).toBe(1)
  expect(await answering(there)).toBe(before)
})

test("an old version that does not end is ended, and the new one has long been serving", async () => {
  const deaf = await there.variant(
    mainBegins("process.exit = () => undefined; setInterval(() => undefined, 1000)"),
  )
  const first = await underLoad(there, () => there.call("deploy", { release: deaf }))
  expect(first.exitCode, first.text).toBe(0)
  const release = await there.variant()
  const next = await underLoad(there, () =>
    there.call("deploy", { release, settings: "DEADLINES=retire old=6" }),
  )
  expect(next.exitCode, next.text).toBe(0)
  expect(next.result?.outcome).toBe("succeeded")
  expect(await answering(there)).toBe(revision(release))
})

test("a migration that meets a busy lock gives up soon and is tried again, so that nobody waits long behind it", async () => {
  const name = "20261129000000_busy"
  // Time for the session that is in its way.
  const sql = 'SELECT pg_sleep(2); ALTER TABLE "workflows" ADD COLUMN "busy" TEXT;'
  const release = recorded(await there.variant(withMigration(name, sql)), name, sql)
  const client = new Client({ connectionString: there.target.databaseUrl })
  const ended = await underLoad(there, async () => {
    const running = await there.start("deploy", { release })
    // Before that, its session would be ended: the database is copied.
    await running.printed("✔ back up")
    await client.connect()
    await client.query('BEGIN; SELECT count(*) FROM "workflows"')
    await running.printed("a lock was busy")
    await client.query("COMMIT")
    return running.ended
  })
  await client.end()
  expect(ended.exitCode, ended.text).toBe(0)
  expect(ended.text).toMatch(/✔ migrate .* applied 20261129000000_busy at try \d/)
})
