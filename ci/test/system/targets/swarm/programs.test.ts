import { PassThrough, Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { describe, expect, test } from "vitest"
import { docker } from "../../docker/docker.js"
import { query } from "./database.js"
import { environment, migrated } from "./environment.js"
import { ground } from "./ground.js"
import { patience } from "./settings.js"

const on = ground()

const script = (text: string) => ["node", "--eval", text]
const leftovers = async (stack: string | undefined) =>
  (await docker(["ps", "--all", "--format", "{{.Names}}", "--filter", `name=${stack}-`])).stdout

describe("a one-off command", () => {
  test("has the settings and its own variables, and tells how it ended", async () => {
    const { target, settings } = await environment(await on.database.url())
    const text =
      "require('dotenv').config({ quiet: true }); console.log(process.env.APP_ENVIRONMENT, process.env.MORE, process.env.COMMIT);" +
      "console.error('a complaint'); process.exit(7)"
    const lines: string[] = []
    const command = {
      argv: script(text),
      variables: { MORE: "more" },
      line: (line: string) => lines.push(line),
    }
    const order = { release: on.release.good, version: "v1" }
    const ending = await target.run(order, command, patience())
    const stdout = `staging more ${on.release.good.commit}`
    expect(ending).toEqual({ exitCode: 7, stdout, stderr: "a complaint" })
    expect(lines).toEqual([stdout, "a complaint"])
    expect(await leftovers(settings.STACK)).toBe("")
  })

  test("ends with its signal and leaves nothing", async () => {
    const { target, settings } = await environment(await on.database.url())
    const command = { argv: script("setInterval(() => undefined, 1000)"), line: () => undefined }
    const order = { release: on.release.good, version: "v1" }
    const run = target.run(order, command, AbortSignal.timeout(15_000))
    await expect(run).rejects.toThrow(/timeout/i)
    expect(await leftovers(settings.STACK)).toBe("")
  })
})

describe("PostgreSQL's programs", () => {
  test("dump a database and restore it", async () => {
    const [from, to] = [await on.database.url(), await on.database.url()]
    const { target, settings } = await environment(from)
    await migrated(target, on.release.good)
    const output = new PassThrough()
    const dump = buffer(output)
    const postgres = target.postgres
    await postgres?.run({ program: "pg_dump", args: ["--format=custom"], databaseUrl: from, output })
    const input = Readable.from([await dump])
    await postgres?.run({ program: "pg_restore", args: ["--no-owner"], databaseUrl: to, input })
    const [counted] = await query(to, 'SELECT count(*)::int AS count FROM "_prisma_migrations"')
    expect(counted).toEqual({ count: 1 })
    expect(await leftovers(settings.STACK)).toBe("")
  })

  test("say what is wrong, and never a password", async () => {
    const databaseUrl = await on.database.url()
    const { target } = await environment(databaseUrl)
    const wrong = databaseUrl.replace(on.database.password, "moonlight")
    const run = target.postgres?.run({ program: "pg_dump", args: [], databaseUrl: wrong })
    await expect(run).rejects.toThrow(
      /expected pg_dump to succeed, received: .*password authentication failed/s,
    )
    await expect(run).rejects.not.toThrow("moonlight")
  })
})
