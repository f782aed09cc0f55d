import { describe, expect, it } from "vitest"
import { migratedProject } from "./project.js"

const first = "20260101000000_first"

describe("prisma migrate says what was expected when", () => {
  it.each([
    ["no server answers", "postgresql://someone:hidden-word@127.0.0.1:1/none", /127\.0\.0\.1:1/],
    [
      "the URL is of another kind",
      "mysql://someone:hidden-word@127.0.0.1/none",
      /expected DATABASE_URL to be postgresql/,
    ],
  ])("%s, without the password", async (_, url, message) => {
    const project = await migratedProject()
    const { exitCode, all } = await project.migrate(["deploy"], { DATABASE_URL: url })
    expect([exitCode, all]).toEqual([1, expect.stringMatching(message)])
    expect(all).not.toContain("hidden-word")
  })

  it("the database does not exist, without the password", async () => {
    const project = await migratedProject()
    const missing = new URL(project.url)
    missing.pathname = "/moon"
    const { exitCode, all } = await project.migrate(["deploy"], { DATABASE_URL: missing.href })
    expect([exitCode, all]).toEqual([1, expect.stringMatching(/moon/)])
    expect(all).not.toContain(missing.password)
  })

  it("the lock's deadline is no number", async () => {
    const project = await migratedProject()
    const { exitCode, all } = await project.migrate(["deploy"], { MIGRATE_LOCK_TIMEOUT_MS: "soon" })
    expect([exitCode, all]).toEqual([
      1,
      expect.stringMatching(/MIGRATE_LOCK_TIMEOUT_MS to be a whole number/),
    ])
  })

  it.each([
    [["resolve"], 2, /expected --rolled-back <name>/],
    [["resolve", "--applied", first], 2, /received --applied/],
    [["resolve", "--rolled-back", first], 1, /no migration was ever begun/],
  ])("%j", async (args, code, message) => {
    const project = await migratedProject()
    const { exitCode, all } = await project.migrate(args)
    expect([exitCode, all]).toEqual([code, expect.stringMatching(message)])
  })

  it("an applied migration is to be rolled back", async () => {
    const project = await migratedProject()
    await project.migration(first, "SELECT 1;")
    await project.migrate(["deploy"])
    const { exitCode, all } = await project.migrate(["resolve", "--rolled-back", first])
    expect([exitCode, all]).toEqual([1, expect.stringMatching(/which is applied/)])
  })
})

describe("without a network", () => {
  it("deploy and status work, and fetch no engine", async () => {
    const project = await migratedProject()
    await project.migration(first, "SELECT 1;")
    const proxy = "http://127.0.0.1:1"
    const closed = {
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      http_proxy: proxy,
      https_proxy: proxy,
      HOME: project.folder,
    }
    expect(await project.migrate(["deploy"], closed)).toMatchObject({ exitCode: 0 })
    const status = await project.migrate(["status"], closed)
    expect([status.exitCode, status.all]).toEqual([
      0,
      expect.stringContaining("Database schema is up to date"),
    ])
    expect(status.all).not.toMatch(/download/i)
  })
})
