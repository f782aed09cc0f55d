import { setTimeout as sleep } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { held } from "../platform/held.js"
import { until } from "../platform/until.js"
import { migratedProject, type MigratedProject } from "./project.js"

const first = "20260101000000_first"
const second = "20260102000000_second"
const FUNCTION = `
CREATE TABLE counted (number int);
CREATE FUNCTION next_number() RETURNS int LANGUAGE plpgsql AS $$
DECLARE result int;
BEGIN
  INSERT INTO counted VALUES (1); -- a comment; with a semicolon
  SELECT count(*) INTO result FROM counted;
  RETURN result;
END;
$$;
SELECT next_number();
`

const SLEEPING =
  "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"

const END_SLEEPING = `SELECT pg_terminate_backend(pid) FROM (${SLEEPING}) AS sleeping`

async function isSleeping({ query }: MigratedProject) {
  while ((await query(SLEEPING)).length === 0) await sleep(50)
}

const applied = async ({ query }: MigratedProject) =>
  query("SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1")
const tables = ({ query }: MigratedProject) =>
  query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'")

describe("prisma migrate deploy", () => {
  it("applies a function body with semicolons, and ends when its work is done", async () => {
    const project = await migratedProject()
    await project.migration(first, FUNCTION)
    const { exitCode, all, durationMs } = await project.migrate(["deploy"])
    expect([exitCode, all]).toEqual([
      0,
      expect.stringContaining("All migrations have been successfully applied."),
    ])
    expect(await project.query("SELECT next_number()")).toEqual([{ next_number: 2 }])
    // Prisma's own lock timer keeps the process for 10 s; asking for the status takes no lock.
    const status = await project.migrate(["status"])
    expect(durationMs - status.durationMs).toBeLessThan(8_000)
  })

  it("applies an index that is built concurrently, alone in its script", async () => {
    const project = await migratedProject()
    await project.migration(first, "CREATE TABLE indexed (number int);")
    await project.migration(second, "CREATE INDEX CONCURRENTLY by_number ON indexed (number);")
    expect(await project.migrate(["deploy"])).toMatchObject({ exitCode: 0 })
    expect(
      await project.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_number'::regclass"),
    ).toEqual([{ indisvalid: true }])
  })

  it("lets an index that is built concurrently wait for who was there before, whatever lock_timeout says", async () => {
    const project = await migratedProject()
    await project.migration(first, "CREATE TABLE indexed (number int);")
    await project.migrate(["deploy"])
    await project.migration(second, "CREATE INDEX CONCURRENTLY by_number ON indexed (number);")
    const older = project.query("BEGIN; SELECT count(*) FROM indexed; SELECT pg_sleep(4); COMMIT")
    await isSleeping(project)
    const { exitCode, all } = await project.migrate(["deploy"], { PGOPTIONS: "-c lock_timeout=200" })
    await older
    expect(exitCode, all).toBe(0)
  })

  it("keeps to the limits of PGOPTIONS, also where the URL has options of its own", async () => {
    const project = await migratedProject()
    await project.migration(first, "CREATE TABLE locked (number int);")
    await project.migrate(["deploy"])
    await project.migration(second, "ALTER TABLE locked ADD more int;")
    const release = await held(project.url, "SELECT * FROM locked")
    const DATABASE_URL = `${project.url}?options=-c%20work_mem%3D8MB`
    const { exitCode, all } = await project.migrate(["deploy"], {
      DATABASE_URL,
      PGOPTIONS: "-c lock_timeout=200",
    })
    expect([exitCode, all]).toEqual([1, expect.stringContaining("lock timeout")])
    await release()
  })

  it("leaves nothing of a script that fails in its middle, and says the way out, which works", async () => {
    const project = await migratedProject()
    await project.migration(
      first,
      "CREATE TABLE half (number int); INSERT INTO half VALUES (1); SELECT moon FROM half;",
    )
    const failed = await project.migrate(["deploy"])
    expect([failed.exitCode, failed.all]).toEqual([1, expect.stringMatching(/moon/)])
    expect(await tables(project)).toEqual([])

    const again = await project.migrate(["deploy"])
    const wayOut = `npx prisma migrate resolve --rolled-back ${first}`
    for (const { exitCode, all } of [failed, again])
      expect([exitCode, all]).toEqual([1, expect.stringContaining(wayOut)])

    const resolved = await project.migrate(wayOut.split(" ").slice(3))
    expect([resolved.exitCode, resolved.all]).toEqual([0, expect.stringContaining("marked as rolled back")])
    await project.migration(first, "CREATE TABLE half (number int);")
    expect(await project.migrate(["deploy"])).toMatchObject({ exitCode: 0 })
    expect(await tables(project)).toEqual([{ tablename: "half" }])
  })

  it.each([
    [
      "its process is killed",
      (child: ReturnType<MigratedProject["migrate"]>) => process.kill(-(child.pid ?? 0), "SIGKILL"),
    ],
    ["its session is ended", (_: unknown, { query }: MigratedProject) => query(END_SLEEPING)],
  ])("leaves nothing of a script in whose middle %s, and has the same way out", async (_, end) => {
    const project = await migratedProject()
    await project.migration(first, "CREATE TABLE half (number int); SELECT pg_sleep(60);")
    const child = project.migrate(["deploy"])
    await isSleeping(project)
    await end(child, project)
    expect((await child).exitCode).not.toBe(0)
    expect((await project.migrate(["deploy"])).all).toContain(`resolve --rolled-back ${first}`)
    expect(await tables(project)).toEqual([])
    expect(await project.migrate(["resolve", "--rolled-back", first])).toMatchObject({ exitCode: 0 })
    await project.migration(first, "CREATE TABLE half (number int);")
    expect(await project.migrate(["deploy"])).toMatchObject({ exitCode: 0 })
  })

  it("waits for another deploy that takes longer than Prisma's own 10 s, and applies nothing twice", async () => {
    const project = await migratedProject()
    const end = await slowMigration(project)
    const one = project.migrate(["deploy"])
    await isSleeping(project)
    const two = project.migrate(["deploy"])
    let said = ""
    two.all.on("data", (data: Buffer) => (said += data.toString()))
    await until("two to wait", () => said.includes("Another migration works") || undefined)
    await sleep(12_000)
    await end()
    expect([(await one).exitCode, (await two).exitCode]).toEqual([0, 0])
    expect([(await one).all, (await two).all].join()).toContain("Another migration works on this database")
    expect(await project.query("SELECT number FROM slow")).toEqual([{ number: 1 }])
    expect(await applied(project)).toEqual([{ name: first }])
  })

  it("gives up at the deadline for another deploy, and changes nothing", async () => {
    const project = await migratedProject()
    const end = await slowMigration(project)
    const one = project.migrate(["deploy"])
    await isSleeping(project)
    // What is at work has not failed.
    expect((await project.migrate(["status"])).all).not.toContain("has failed")
    const two = await project.migrate(["deploy"], { MIGRATE_LOCK_TIMEOUT_MS: "500" })
    expect([two.exitCode, two.all]).toEqual([1, expect.stringMatching(/within 500 ms.*Nothing was changed/s)])
    await end()
    expect(await one).toMatchObject({ exitCode: 0 })
  })
})

/** A migration that goes on until it is told to end. */
async function slowMigration({ migration, query }: MigratedProject) {
  await query("CREATE SCHEMA told; CREATE TABLE told.ends (number int)")
  const wait = "WHILE NOT EXISTS (SELECT 1 FROM told.ends) LOOP PERFORM pg_sleep(0.1); END LOOP;"
  const script = `CREATE TABLE slow (number int); DO $$ BEGIN ${wait} END $$; INSERT INTO slow VALUES (1);`
  await migration(first, script)
  return () => query("INSERT INTO told.ends VALUES (1)")
}
