import { appendFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { FUNCTIONS } from "../../../pipeline/functions.js"
import type { Checkout } from "../../../trial/checkout.js"
import { dagger, quickCheckout, skipWithoutEngine } from "./engine.js"

skipWithoutEngine()

let copy: Checkout
beforeAll(async () => {
  copy = await quickCheckout()
})
afterAll(() => copy.remove())

/** What Vitest prints when it starts: a call whose result is known runs none. */
const RAN = /RUN {2}v\d/
const write = async (file: string, text: string) => {
  await mkdir(dirname(join(copy.folder, file)), { recursive: true })
  await writeFile(join(copy.folder, file), text)
}

test("dagger functions shows every function with the help that the command line has", async () => {
  const { stdout, exitCode } = await dagger(copy, ["functions"])
  expect(exitCode).toBe(0)
  for (const { name, summary } of FUNCTIONS.filter(({ hostOnly }) => !hostOnly))
    expect(stdout).toMatch(new RegExp(`^${name} +${summary.slice(0, 30).replace(/[[\]()]/g, "\\$&")}`, "m"))
})

test("dagger check runs every check", async () => {
  const { all, exitCode } = await dagger(copy, ["check"])
  expect(exitCode, all).toBe(0)
}, 900_000)

describe("what has not changed", () => {
  test("is not run again, and an edit runs again only what reads it", async () => {
    const server = () => dagger(copy, ["call", "test", "--only=server"])
    const client = () => dagger(copy, ["call", "test", "--only=client"])
    await write("client/test/time/edited.test.ts", test0("runs"))
    await write("server/test/database/edited.test.ts", test0("runs"))
    expect((await server()).all).toMatch(RAN)
    expect((await client()).all).toMatch(RAN)
    expect((await server()).all).not.toMatch(RAN)

    await write("client/test/time/edited.test.ts", test0("runs again"))
    expect((await server()).all).not.toMatch(RAN)
    expect((await client()).all).toMatch(RAN)

    await appendFile(join(copy.folder, "ci/src/index.ts"), "\n// an edit of the pipeline\n")
    expect((await server()).all).not.toMatch(RAN)
    expect((await client()).all).not.toMatch(RAN)
  })
})

describe("a failing test", () => {
  test("is shown, reported at its place, run again when called again, and green when mended", async () => {
    const file = "client/test/time/red.test.ts"
    await write(file, test0("is red", 'throw new Error("the moon is blue")'))
    const red = await dagger(copy, ["call", "test"])
    expect(red.exitCode).toBe(1)
    expect(red.all).toContain("is red: Error: the moon is blue")
    expect(red.all).toMatch(/failed {3}test-client/)
    expect(red.all).toMatch(/passed {3}test-server/)

    await dagger(copy, ["call", "report", "export", "--path=.runs/report"])
    const report = (name: string) => readFile(join(copy.folder, ".runs/report", name), "utf8")
    expect(await report("annotations.txt")).toContain(
      `::error file=${file},line=2,title=test-client::is red: Error: the moon is blue`,
    )
    expect(await report("summary.md")).toContain(`npx vitest run --project client ${file} -t 'is red'`)
    expect(await report("test-client.xml")).toContain("the moon is blue")
    expect(await readdir(join(copy.folder, ".runs/report"))).toContain("test-server.log")

    expect((await dagger(copy, ["call", "test", "--only=client"])).all).toMatch(RAN)
    await write(file, test0("is red no more"))
    expect((await dagger(copy, ["call", "test"])).exitCode).toBe(0)
  })

  test("ends the command line's call in Dagger with 1, and with a document where one is asked for", async () => {
    const file = "client/test/time/red.test.ts"
    await write(file, test0("is red", 'throw new Error("the moon is green")'))
    const args = ["run", "--silent", "ci", "--", "test", "--only", "client", "--on", "dagger", "--json"]
    const { stdout, exitCode } = await execa("npm", args, {
      cwd: copy.folder,
      reject: false,
      stdin: "ignore",
    })
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      function: "test",
      executor: "dagger",
      outcome: "failed",
      stages: [
        { name: "generate", state: "passed" },
        { name: "test-client", state: "failed" },
      ],
    })
  })
})

test("dagger call build gives the builds", async () => {
  const { exitCode, all } = await dagger(copy, ["call", "build", "export", "--path=.runs/out"])
  expect(exitCode, all).toBe(0)
  expect(await readdir(join(copy.folder, ".runs/out/server/dist"))).toContain("main.js")
  expect(await readdir(join(copy.folder, ".runs/out/client/dist"))).toContain("index.html")
})

const test0 = (title: string, body = "expect(1).toBe(1)") => `import { expect, test } from "vitest"
test("${title}", () => { ${body} })
`
