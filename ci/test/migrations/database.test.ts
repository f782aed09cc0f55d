import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { beforeAll, expect, test } from "vitest"
import { fits } from "../../migrations/fits.js"
import { pending, unfinished } from "../../migrations/pending.js"
import { MigrationProblem } from "../../migrations/problem.js"
import { serverVersion } from "../../migrations/server-version.js"
import { tableSizes } from "../../migrations/sizes.js"
import { project } from "../../pipeline/project.js"
import { migrationsIn } from "../../release/migrations.js"
import type { BuiltRecord } from "../../release/deployable.js"
import { tablesOf } from "../../release/tables.js"
import { testDatabases } from "../databases.js"

const databases = testDatabases()
const SERVER = fileURLToPath(new URL("../../../server", import.meta.url))
const LATER = { name: "29990101000000_later", checksum: "a1".repeat(32) }
let release: BuiltRecord
let template: string

beforeAll(async () => {
  template = await databases.fresh()
  const env = { DATABASE_URL: template, DOTENV_CONFIG_PATH: "/dev/null" }
  await execa("npx", ["prisma", "migrate", "deploy"], { cwd: SERVER, env })
  const migrations = await migrationsIn(project.migrations)
  const tables = tablesOf(await readFile(project.schema, "utf8"))
  release = { schemaVersion: 1, commit: "c0".repeat(20), build: "b1".repeat(32), migrations, tables }
})

/** A database with the platform's migrations, applied by Prisma. */
const migrated = async () => databases.connect(await databases.fresh(template))

const first = () => release.migrations[0]?.name ?? ""

test("in a database that was never migrated all migrations are pending, in order", async () => {
  const client = await databases.client()
  const migrations = [...release.migrations, LATER]
  expect(await pending(client, { ...release, migrations })).toEqual(migrations.map(({ name }) => name))
  expect(await unfinished(client)).toEqual([])
})

test("what Prisma has applied is not pending, whatever else is applied", async () => {
  const client = await migrated()
  expect(await pending(client, release)).toEqual([])
  expect(await pending(client, { ...release, migrations: [...release.migrations, LATER] })).toEqual([
    LATER.name,
  ])
  expect(await pending(client, { ...release, migrations: [] })).toEqual([])
})

test("a migration that was taken back is pending again", async () => {
  const client = await migrated()
  await client.query("UPDATE _prisma_migrations SET rolled_back_at = now(), finished_at = NULL")
  expect(await pending(client, release)).toEqual(release.migrations.map(({ name }) => name))
})

test("a migration that was applied with another text is an error that says what to do", async () => {
  const client = await migrated()
  await client.query("UPDATE _prisma_migrations SET checksum = 'other'")
  await expect(pending(client, release)).rejects.toThrow(MigrationProblem)
  await expect(pending(client, release)).rejects.toThrow(/put its migration.sql back to what it was/)
  expect(await fits(client, release)).toContain(`its migration ${first()} was applied with another text`)
})

test("a migration that has begun and not ended is an error that says how it is put right", async () => {
  const client = await migrated()
  await client.query("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1", [first()])
  expect(await unfinished(client)).toEqual([first()])
  await expect(pending(client, release)).rejects.toThrow(
    `npx prisma migrate resolve --rolled-back ${first()}`,
  )
})

test("a release fits the schema that its own migrations made", async () => {
  expect(await fits(await migrated(), release)).toEqual([])
})

test("a release whose migrations are not applied does not fit", async () => {
  const reasons = await fits(await migrated(), { ...release, migrations: [...release.migrations, LATER] })
  expect(reasons).toEqual([`its migration ${LATER.name} is not applied`])
})

test.each([
  ["a column is gone", "ALTER TABLE runs DROP COLUMN error", "its column error of runs is gone"],
  ["a column is renamed", "ALTER TABLE runs RENAME error TO failure", "its column error of runs is gone"],
  ["a table is gone", "DROP TABLE api_keys", "its table api_keys is gone"],
  [
    "an unknown column has to have a value",
    "ALTER TABLE runs ADD COLUMN new INT NOT NULL",
    "the column new of runs, which it does not know, has to have a value",
  ],
])("a release does not fit when %s", async (_, sql, reason) => {
  const client = await migrated()
  await client.query(sql)
  expect(await fits(client, release)).toEqual([reason])
})

test("a release fits a schema that has more", async () => {
  const client = await migrated()
  await client.query(
    `CREATE TABLE new (id INT NOT NULL);
     ALTER TABLE runs ADD a INT, ADD b INT NOT NULL DEFAULT 0, ADD c INT GENERATED ALWAYS AS IDENTITY,
       ADD d INT GENERATED ALWAYS AS (version * 2) STORED NOT NULL, ADD e BIGSERIAL`,
  )
  expect(await fits(client, release)).toEqual([])
})

test("a release that does not name its tables fits until a later migration is applied", async () => {
  const client = await migrated()
  expect(await fits(client, { ...release, tables: undefined })).toEqual([])
  const later = await fits(client, { migrations: [], tables: undefined })
  expect(later).toEqual([expect.stringMatching(/does not name its tables, and .*_init came after it/)])
})

test("sizes are known with and without an analysis, and of tables in other schemas", async () => {
  const client = await databases.client()
  await client.query(
    `CREATE TABLE analysed AS SELECT generate_series(1, 5000);
     ANALYZE analysed;
     CREATE SCHEMA audit;
     CREATE TABLE audit.log (id INT)`,
  )
  await client.query("CREATE TABLE counted AS SELECT generate_series(1, 3000)")
  await client.query("SELECT pg_stat_force_next_flush()")
  const sizes = await tableSizes(client)
  expect(sizes.get("analysed")).toBe(5000)
  expect(sizes.get("counted")).toBe(3000)
  expect(sizes.get("audit.log")).toBe(0)
})

test("a partitioned table has the rows of its partitions", async () => {
  const client = await databases.client()
  await client.query(
    `CREATE TABLE events (day INT) PARTITION BY RANGE (day);
     CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (1000);
     CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (1000) TO (9000);
     INSERT INTO events SELECT generate_series(0, 2999);
     ANALYZE events`,
  )
  const sizes = await tableSizes(client)
  expect([sizes.get("events_1"), sizes.get("events_2"), sizes.get("events")]).toEqual([1000, 2000, 3000])
})

test("the server's version is the one that it says", async () => {
  const client = await databases.client()
  const { rows } = await client.query<{ server_version: string }>("SHOW server_version")
  expect(rows[0]?.server_version).toMatch(new RegExp(`^${await serverVersion(client)}\\b`))
})
