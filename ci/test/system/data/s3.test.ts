import { randomBytes } from "node:crypto"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { afterAll, describe, expect, test } from "vitest"
import { backUp } from "../../../data/backup.js"
import { restore } from "../../../data/restore.js"
import { storeOf } from "../../../data/store/of-settings.js"
import { everyTarget } from "../../../environment/settings/every-target.js"
import { scratch } from "../../../host/reaper/scratch.js"
import { dataContext, never } from "../../data/context.js"
import { startDebianPostgres, whyNoDebianPostgres } from "../../data/debian-postgres.js"
import { startEmulator } from "../../data/moto.js"
import { platformDatabase, platformTemplate, query } from "../../data/platform-database.js"
import { storeContract } from "../../data/store/contract.js"

const own = scratch()
afterAll(() => own.clear())
const emulator = await startEmulator(own)
if (typeof emulator === "string") console.warn(`backups to S3 are not tested: ${emulator}`)
const settings = typeof emulator === "string" ? {} : emulator.settings

describe.skipIf(typeof emulator === "string")("a bucket", () => {
  storeContract(() => storeOf(everyTarget.parse(settings), "swarm"))

  test("that is not there is an error that says what to correct", async () => {
    const missing = storeOf(everyTarget.parse({ ...settings, BACKUP_STORE: "s3://missing" }), "swarm")
    const refused = /expected the bucket missing to do as asked, received: .*; correct BACKUP_STORE/
    await expect(missing.list()).rejects.toThrow(refused)
    await expect(missing.put("one.dump", Readable.from([Buffer.from("bytes")]), never)).rejects.toThrow(
      refused,
    )
  })

  test("a file of several parts comes back as it was", async () => {
    const store = storeOf(everyTarget.parse(settings), "swarm")
    const parts = Array.from({ length: 40 }, () => randomBytes(1024 * 1024))
    await store.put("large.dump", Readable.from(parts), never)
    expect(Buffer.concat(parts).equals(await buffer(await store.get("large.dump", never)))).toBe(true)
  })
})

const reason = typeof emulator === "string" ? emulator : whyNoDebianPostgres()
if (reason) console.warn(`a dump to S3 is not tested: ${reason}`)

describe.skipIf(reason)("a dump in a bucket", () => {
  test("is read back from there, counted, and can be put in place", async () => {
    const server = await startDebianPostgres(own)
    await platformTemplate(server)
    const url = await platformDatabase(server, "staging")
    const { context } = dataContext({ url, target: "swarm", settings })
    const backup = await backUp(context, never)
    expect(backup.notProved).toBeUndefined()
    expect(backup.location).toBe(`s3://backups/of/the-platform/${backup.name}.dump`)
    expect(await storeOf(context.settings, "swarm").list()).toContain(`${backup.name}.json`)
    await query(url, "INSERT INTO workflows (goal, connector) VALUES ('since', 'sandbox')")
    expect(await restore(context, "latest", never)).toMatchObject({ name: backup.name, rows: backup.rows })
    expect(await query(url, "SELECT FROM workflows")).toEqual([])
  })
})
