import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test, type TestContext } from "vitest"
import { checkout, type Checkout } from "../../../trial/checkout.js"

const INSTALLING = "Installing what the lockfile asks for"
/** What npm says when the registry, rather than the lockfile, is in the way. */
const NO_REGISTRY =
  /npm error code (E(?:NOTFOUND|CONNREFUSED|CONNRESET|TIMEDOUT|AI_AGAIN|NETUNREACH)|E[45]\d\d|EAI_AGAIN)/

let copy: Checkout
let clone: string
beforeAll(async () => {
  copy = await checkout()
  clone = await mkdtemp(join(tmpdir(), "clone-"))
  await copy.git("clone", "--quiet", copy.folder, clone)
})
afterAll(async () => {
  await copy.remove()
  await rm(clone, { recursive: true, force: true })
})

async function format(context: TestContext) {
  const options = { cwd: clone, reject: false, all: true, stdin: "ignore" } as const
  const { all, exitCode } = await execa("npm", ["run", "ci", "--", "format"], options)
  const code = NO_REGISTRY.exec(all)?.[1]
  if (code) console.warn(`a fresh clone is not tested: no registry answers (${code})`)
  context.skip(code !== undefined, `no registry answers: ${code}`)
  return { all, exitCode }
}

describe("a fresh clone", () => {
  test("installs what it needs, once, and again when the lockfile asks for something else", async (context) => {
    const first = await format(context)
    expect(first.all).toContain(INSTALLING)
    expect(first.exitCode, first.all).toBe(0)
    expect((await format(context)).all).not.toContain(INSTALLING)

    // As after a pull: what is installed is of the lockfile before.
    const installed = join(clone, "node_modules/.package-lock.json")
    const older = (await readFile(installed, "utf8")).replace(
      /("node_modules\/prettier": \{\s+"version": ")[^"]+/,
      "$10.0.1",
    )
    await writeFile(installed, older)
    const third = await format(context)
    expect(third.all).toContain(INSTALLING)
    expect(third.exitCode, third.all).toBe(0)
  })
})
