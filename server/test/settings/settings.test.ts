import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "dotenv"
import { describe, expect, it } from "vitest"
import { readSettings } from "../../src/settings/settings.js"
import { variables } from "../../src/settings/variables.js"
import { runScript } from "../platform/process.js"

const url = "postgresql://user:hidden@localhost/app"

describe("settings", () => {
  it("need only DATABASE_URL outside production", () => {
    const settings = readSettings({ DATABASE_URL: url })
    expect(settings.model.defaultConnector).toBe("sandbox")
    expect(settings.http).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      corsOrigins: ["http://localhost:5173"],
    })
  })

  it("name everything missing or wrong in one message, and no value", () => {
    const wrong = { NODE_ENV: "production", PORT: "port-77", OPENAI_BASE_URL: "ftp://secret", LEASE_MS: "1" }
    const read = () => readSettings({ ...wrong, DATABASE_URL: "mysql://u:hidden@h/d" })
    for (const name of [
      "DATABASE_URL is wrong",
      "PORT is wrong",
      "OPENAI_BASE_URL is wrong",
      "LEASE_MS is wrong",
    ])
      expect(read).toThrow(`${name}: expected `)
    expect(read).toThrow("DEFAULT_CONNECTOR is missing: expected one of sandbox, openai, anthropic")
    expect(read).not.toThrow(/port-77|secret|hidden|mysql/)
  })

  it("take an origin as a browser sends it, and none with a path", () => {
    const read = (origins: string) => readSettings({ DATABASE_URL: url, CORS_ORIGINS: origins })
    expect(read("https://App.example.com/, http://b:81").http.corsOrigins).toEqual([
      "https://app.example.com",
      "http://b:81",
    ])
    for (const wrong of ["https://app.example.com/page", "https://a?b", "app.example.com", "nonsense"])
      expect(() => read(wrong)).toThrow("CORS_ORIGINS is wrong: expected origins such as")
  })

  it("name a DATABASE_URL whose password can't be decoded, and not its value", () => {
    const read = () => readSettings({ DATABASE_URL: "postgresql://u:abc%zzdef@h/d" })
    expect(read).toThrow(/DATABASE_URL is wrong: .* % .* are written as %25/)
    expect(read).not.toThrow(/zzdef/)
  })

  it("take an empty text as not set", () => {
    expect(() => readSettings({ DATABASE_URL: "" })).toThrow("DATABASE_URL is missing")
  })

  it("ask for the key of the default connector", () => {
    const read = () => readSettings({ DATABASE_URL: url, DEFAULT_CONNECTOR: "openai" })
    expect(read).toThrow("OPENAI_API_KEY is missing")
  })

  it("refuse to listen on a port outside the range", () => {
    expect(() => readSettings({ DATABASE_URL: url, PORT: "65536" })).toThrow("PORT is wrong")
  })

  it("stop the process with the names when they are wrong", async () => {
    const { code, stderr, stdout } = await runScript("src/main.ts", { DATABASE_URL: "", PORT: "x" })
    expect(code).toBe(1)
    expect(stderr).toContain("DATABASE_URL is missing")
    expect(stderr).toContain("PORT is wrong")
    expect(stdout).toBe("")
  })
})

describe(".env.example", () => {
  const example = parse(readFileSync(join(import.meta.dirname, "../../../.env.example")))

  it("has every setting and no other", () => {
    const names = [...Object.keys(variables.shape), "MIGRATE_LOCK_TIMEOUT_MS"]
    expect(Object.keys(example).sort()).toEqual(names.sort())
  })

  it("is accepted as it stands, with the defaults of the server", () => {
    const fromExample = readSettings({ ...example, DATABASE_URL: url })
    const defaults = readSettings({ DATABASE_URL: url })
    expect(fromExample).toEqual(defaults)
  })
})
