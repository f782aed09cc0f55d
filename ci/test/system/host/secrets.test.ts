import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, onTestFinished, test } from "vitest"
import { as, CALLERS } from "../caller.js"
import { checkout } from "../../../trial/checkout.js"
import { made } from "./made-stages.js"

const TOKEN = "moonlight-on-the-water"
const PRIVATE_KEY = "first-half-of-the-key\nsecond-half-of-the-key"

/** Prints what it may see, as a careless test does, and keeps a list of what every process was called with. */
const CARELESS = `
  import { execFileSync } from "node:child_process"
  import { writeFileSync } from "node:fs"
  const { MY_TOKEN, MY_PRIVATE_KEY, DATABASE_URL, SMOKE_API_KEY } = process.env
  const args = execFileSync("ps", ["-A", "-ww", "-o", "args="], { encoding: "utf8" })
  const password = DATABASE_URL && new URL(DATABASE_URL).password
  const seen = { MY_TOKEN, MY_PRIVATE_KEY, DATABASE_URL, SMOKE_API_KEY, password, args }
  writeFileSync("seen.json", JSON.stringify(seen))
  for (const value of [MY_TOKEN, MY_PRIVATE_KEY, DATABASE_URL, SMOKE_API_KEY, password]) {
    console.log(value, encodeURIComponent(value), "in words: " + value + ".")
    console.error(value)
  }
`

interface Seen extends Readonly<Record<string, string | undefined>> {
  readonly args: string
}

const seenIn = async (folder: string) => JSON.parse(await readFile(join(folder, "seen.json"), "utf8")) as Seen

/** Everything in the log files of a checkout's runs. */
async function logs(folder: string): Promise<string> {
  const names = await readdir(join(folder, ".runs"), { recursive: true })
  const files = names.filter((name) => name.endsWith(".log"))
  return (await Promise.all(files.map((name) => readFile(join(folder, ".runs", name), "utf8")))).join("\n")
}

function expectNoneIn(text: string, secrets: readonly (string | undefined)[]) {
  for (const secret of secrets) {
    expect(secret?.length).toBeGreaterThan(12)
    for (const line of secret?.split("\n") ?? []) {
      expect(text).not.toContain(line)
      expect(text).not.toContain(encodeURIComponent(line))
    }
  }
}

describe.each(CALLERS)("called by %s", (caller) => {
  test("a failed stage's secrets are in no output, log or argument list", async () => {
    const { run, folder } = await made(caller, { careless: `${CARELESS}\nthrow new Error(MY_TOKEN)` })
    const inputs = ["MY_TOKEN", "MY_PRIVATE_KEY"]
    const environment = { DATABASE_URL: "{testDatabaseUrl}" }
    const stage = { name: "careless", inputs, environment, database: "tests" as const }
    const { result, text } = await run([stage], { MY_TOKEN: TOKEN, MY_PRIVATE_KEY: PRIVATE_KEY })

    const { password, MY_TOKEN, MY_PRIVATE_KEY, args } = await seenIn(folder)
    expect([MY_TOKEN, MY_PRIVATE_KEY]).toEqual([TOKEN, PRIVATE_KEY])
    const written = await logs(folder)
    expect(written).toContain("in words: ***.")
    expect(result.stages[0]).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("Error: ***") as string,
    })
    for (const place of [text, written, JSON.stringify(result), args]) {
      expectNoneIn(place, [TOKEN, PRIVATE_KEY, password])
    }
  })

  test("a stage sees no variable of the caller that it has no business with", async () => {
    const { run, folder } = await made(caller, {
      careless: CARELESS.replace("for (const", "if (0) for (const"),
    })
    await run([{ name: "careless" }], { MY_TOKEN: TOKEN, DATABASE_URL: "postgresql://mine/mine" })
    expect(Object.keys(await seenIn(folder))).toEqual(["args"])
  })

  test("the platform's API key and password are in no output, log or argument list", async () => {
    const copy = await checkout()
    onTestFinished(() => copy.remove())
    await writeFile(join(copy.folder, "careless.mjs"), CARELESS)
    await spied(copy.folder)
    const options = await as(caller, copy.folder)
    const args = ["run", "--silent", "ci", "--", "main", "--json"]
    const { stdout, stderr } = await execa("npm", args, { ...options, reject: false, stdin: "ignore" })

    const seen = await seenIn(copy.folder)
    const written = await logs(copy.folder)
    expect(written).toContain("in words: ***.")
    for (const place of [String(stdout), String(stderr), written, seen.args]) {
      expectNoneIn(place, [seen["SMOKE_API_KEY"], seen["password"]])
    }
  })
})

/** Makes the last stage careless, gives it the database's URL, and leaves out what this test is not about. */
async function spied(folder: string) {
  const manifest = join(folder, "package.json")
  const { scripts, ...rest } = JSON.parse(await readFile(manifest, "utf8")) as {
    scripts: Record<string, string>
  }
  const short = Object.keys(scripts).filter((name) => /^(lint|typecheck|format|test|audit)\b/.test(name))
  const quiet = Object.fromEntries(short.map((name) => [name, "true"]))
  const smoke = "node careless.mjs && false"
  await writeFile(manifest, JSON.stringify({ ...rest, scripts: { ...scripts, ...quiet, smoke } }))
  const stages = join(folder, "ci/pipeline/platform-stages.ts")
  const before = await readFile(stages, "utf8")
  const after = before.replace('"{smokeKey}" }', '"{smokeKey}", DATABASE_URL: "{databaseUrl}" }')
  expect(after).not.toBe(before)
  await writeFile(stages, after)
}
