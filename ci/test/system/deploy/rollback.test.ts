import { afterAll, beforeAll, expect, test } from "vitest"
import { revision, type BuiltRecord } from "../../../release/deployable.js"
import { recorded, withMigration } from "../../../trial/edits.js"
import { ground, type Ground } from "../../../trial/ground.js"
import { answering, underLoad } from "./under-load.js"

let there: Ground
beforeAll(async () => {
  there = await ground()
})
afterAll(() => there.remove())

/** A release with a migration. */
async function migrating(name: string, sql: string): Promise<BuiltRecord> {
  return recorded(await there.variant(withMigration(name, sql)), name, sql)
}

async function deployed(release: BuiltRecord, ...flags: string[]): Promise<void> {
  const { exitCode, text } = await underLoad(there, () => there.call("deploy", { release, flags }))
  expect(exitCode, text).toBe(0)
  expect(await answering(there)).toBe(revision(release))
}

test("the release before serves on the schema of the one after it, and again, and by number", async () => {
  const name = "20261126000000_note"
  const later = await migrating(name, 'ALTER TABLE "workflows" ADD COLUMN "note" TEXT;')
  await deployed(later, "--release-tag=v1.2.3")
  const back = await underLoad(there, () => there.call("rollback"))
  expect(back, back.text).toMatchObject({ exitCode: 0, result: { kind: "rollback", outcome: "succeeded" } })
  expect(await answering(there)).toBe(revision(there.first))

  const forth = await underLoad(there, () => there.call("rollback", { flags: ["--to=v1.2.3"] }))
  expect(forth.result, forth.text).toMatchObject({ outcome: "succeeded", version: "v1.2.3" })
  expect(await answering(there)).toBe(revision(later))

  const byNumber = await there.call("rollback", { flags: ["--to=1"] })
  expect(byNumber.exitCode, byNumber.text).toBe(0)
  expect(await answering(there)).toBe(revision(there.first))
})

test("a release that was never here is refused, and those that were are named", async () => {
  const { exitCode, text, result } = await there.call("rollback", { flags: ["--to=v9.9.9"] })
  expect({ exitCode, outcome: result?.outcome }, text).toEqual({ exitCode: 1, outcome: "refused" })
  expect(text).toMatch(/expected v9\.9\.9, found none; these have served here: .*v1\.2\.3/)
})

test("a migration that the serving version can't live with is refused, by file and line", async () => {
  const before = await answering(there)
  const name = "20261127000000_required"
  const release = await migrating(name, 'ALTER TABLE "workflows" ADD COLUMN "owner" TEXT NOT NULL;')
  const refused = await underLoad(there, () => there.call("deploy", { release }))
  expect(refused.result, refused.text).toMatchObject({ outcome: "refused", failedStep: "check" })
  expect(refused.exitCode).toBe(1)
  expect(refused.text).toContain(`${name}/migration.sql:1`)
  expect(await answering(there)).toBe(before)
})

test("a rollback over a schema that the old release can't live with says why, and what can be done", async () => {
  const name = "20261128000000_required"
  // The new version would give it a value; the old one does not know it.
  const sql = 'ALTER TABLE "api_keys" ADD COLUMN "owner" TEXT NOT NULL DEFAULT \'nobody\';'
  const contract = 'ALTER TABLE "api_keys" ALTER COLUMN "owner" DROP DEFAULT;'
  const release = await migrating(name, sql)
  await deployed({
    ...release,
    tables: { ...release.tables, api_keys: [...(release.tables["api_keys"] ?? []), "owner"] },
  })
  await there.query(contract)
  const before = await answering(there)
  const refused = await there.call("rollback")
  expect(refused, refused.text).toMatchObject({
    exitCode: 1,
    result: { outcome: "refused", failedStep: "check" },
  })
  expect(refused.text).toMatch(/the column owner of api_keys, which it does not know, has to have a value/)
  expect(refused.text).toMatch(/deploy a release that puts back what is missing, or restore a backup/)
  const plan = await there.call("rollback", { flags: ["--dry-run=true"] })
  expect(plan.text).toMatch(/check: the column owner of api_keys, which it does not know/)
  expect(plan.exitCode).toBe(1)
  const again = await there.call("deploy", { release: there.first })
  expect(again.result, again.text).toMatchObject({ outcome: "refused", failedStep: "check" })
  expect(await answering(there)).toBe(before)
  await there.query('ALTER TABLE "api_keys" ALTER COLUMN "owner" SET DEFAULT \'nobody\'')
})

test("the history tells who, when, which release and how it ended, newest first", async () => {
  const { exitCode, text, result } = await there.call("deployments", { flags: ["--limit=3"] })
  expect(exitCode).toBe(0)
  expect(text.match(/^\d+ {2}(deploy|rollback)/gm)).toHaveLength(3)
  expect(result).toMatchObject({ deployments: [{ outcome: "failed", failedStep: "check" }, {}, {}] })
})
