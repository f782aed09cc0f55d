import { describe, expect, it } from "vitest"
import { Api } from "../platform/api.js"
import { openServer } from "../platform/in-process.js"
import { runScript } from "../platform/process.js"

const { api, database } = await openServer({ OPENAI_API_KEY: "key-of-the-test" })
const keys = (...args: string[]) => runScript("src/keys.ts", { DATABASE_URL: database.url }, args)
const body = { goal: "g", steps: [{ name: "n", prompt: "p" }] }

describe("keys create", () => {
  it("prints the key alone, and the key works", async () => {
    const { code, stdout } = await keys("create", "--name", "smoke")
    expect(code).toBe(0)
    expect(stdout).toMatch(/^aca_[0-9a-f-]{36}_[\w-]{43}\n$/)
    const created = await new Api(api.url, stdout.trim()).ask("POST /api/workflows", { body })
    expect(created.status).toBe(201)
  })

  it("stores a hash, not the key", async () => {
    const { stdout } = await keys("create", "--name", "hashed")
    const rows = JSON.stringify(await database.query("SELECT * FROM api_keys"))
    expect(rows).toContain("hashed")
    expect(rows).not.toContain(stdout.trim().slice(-43))
  })

  it("limits a key to the named connectors", async () => {
    const { stdout } = await keys("create", "--name", "limited", "--connector", "sandbox")
    const limited = new Api(api.url, stdout.trim())
    expect((await limited.ask("POST /api/workflows", { body })).status).toBe(201)
    const refused = await limited.refusal("POST /api/workflows", { body: { ...body, connector: "openai" } })
    expect(refused).toMatchObject({
      status: 403,
      message: expect.stringContaining("may use: sandbox") as string,
    })
  })
})

describe("keys revoke", () => {
  it("ends a key, and the list says so", async () => {
    const { stdout } = await keys("create", "--name", "revoked")
    const key = stdout.trim()
    const id = key.slice(4, 40)
    expect(await keys("revoke", id)).toMatchObject({ code: 0 })
    expect(await api.refusal("POST /api/workflows", { key, body })).toMatchObject({ status: 401 })
    const list = await keys("list")
    expect(list.stdout).toMatch(new RegExp(`${id} +revoked .*all connectors +revoked`))
    expect(list.stdout).not.toContain(key.slice(-43))
    const again = await keys("revoke", id)
    expect(again).toMatchObject({ code: 1, stdout: "" })
    expect(again.stderr).toContain("not revoked")
  })

  it("ends every key of a name and no other", async () => {
    const made = await Promise.all(["many", "many", "another"].map((name) => keys("create", "--name", name)))
    expect(await keys("revoke", "--name", "many")).toMatchObject({ code: 0, stdout: "revoked 2\n" })
    const statuses = made.map(async ({ stdout }) => {
      const asked = await new Api(api.url, stdout.trim()).ask("POST /api/workflows", { body })
      return asked.status
    })
    expect(await Promise.all(statuses)).toEqual([401, 401, 201])
    expect(await keys("revoke", "--name", "many")).toMatchObject({ code: 0, stdout: "revoked 0\n" })
  })
})

describe("keys", () => {
  it.each([
    [["create"], "expected --name"],
    [["create", "--name", "x", "--connector", "clippy"], "expected --connector to be one of"],
    [["revoke", "7"], "expected the id of one key"],
    [["revoke", "7", "--name", "x"], "or --name alone"],
    [["delete"], "expected create, list or revoke, received: delete"],
    [["list", "--all"], "--all"],
  ])("%j is wrong use", async (args, message) => {
    const { code, stdout, stderr } = await keys(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain(message)
    expect(stderr).toContain("usage:")
  })

  it("says when the database setting is missing", async () => {
    const { code, stderr } = await runScript("src/keys.ts", { DATABASE_URL: "" }, ["list"])
    expect(code).toBe(1)
    expect(stderr).toContain("DATABASE_URL is missing")
  })
})
