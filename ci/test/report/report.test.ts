import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, expect, test } from "vitest"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "evidence-"))
})
afterEach(() => rm(folder, { recursive: true }))

async function left(name: string, exitCode: number, log: string): Promise<void> {
  await mkdir(join(folder, "tree"), { recursive: true })
  await writeFile(join(folder, "tree", `${name}.exit`), `${exitCode}\n`)
  await writeFile(join(folder, "tree", `${name}.log`), log)
}

async function report() {
  const output = join(folder, "report")
  const args = ["run", "--silent", "report", "--", "--evidence", join(folder, "tree"), "--output", output]
  const { stdout } = await execa("npm", args)
  const read = (name: string) => readFile(join(output, name), "utf8")
  return {
    stdout,
    summary: await read("summary.md"),
    annotations: await read("annotations.txt"),
    files: await readdir(output),
  }
}

const RED = ` FAIL  |server| test/main.test.ts > the moon is full
AssertionError: 100% of it, expected
 ❯ test/main.test.ts:4:22`

test("a red test is annotated at its line, and summed up with the commands that repeat it", async () => {
  await left("test-server", 1, RED)
  await left("lint", 0, "")
  const { stdout, summary, annotations, files } = await report()
  expect(annotations).toBe(
    "::error file=server/test/main.test.ts,line=4,title=test-server::the moon is full: 100%25 of it, expected\n",
  )
  expect(summary).toContain("# 1 of 2 stages failed")
  expect(summary).toContain("- `server/test/main.test.ts:4` the moon is full: 100% of it, expected")
  expect(summary).toContain(
    "npm run ci -- test --only server\nnpm run with-postgres -- npx vitest run --project server server/test/main.test.ts -t 'the moon is full'",
  )
  expect(stdout).toContain("repeat  npm run ci -- test --only server")
  expect(files.sort()).toEqual(["annotations.txt", "lint.log", "summary.md", "test-server.log"])
})

test("a deploy is summed up with the command that it says itself, and no other", async () => {
  const log = `  ✖ smoke           2.0 s  GET /: expected a script
✖ deploy taken back, what served before serves in 20.0 s, deployment 4
  serving: v1.0.0 (blue) at https://staging.example
  the same on a laptop: npm run ci -- deploy --environment staging --settings file://.env.staging --release release.json`
  await left("deploy", 3, log)
  const { summary } = await report()
  expect(summary).toContain("- smoke: GET /: expected a script; serving: v1.0.0 (blue)")
  expect(summary).toMatch(/The same on a laptop:\n\n```sh\nnpm run ci -- deploy .*release.json\n```/)
})

test("a message can't become markup, and a file that no stage left is passed over", async () => {
  await left("lint", 1, "error: <b>bold</b> | *stars*")
  await left("something-else", 1, "")
  const { summary } = await report()
  expect(summary).toContain("\\<b\\>bold\\</b\\> \\| \\*stars\\*")
  expect(summary).not.toContain("something-else")
})

test("a stage that was skipped or could not run is not called failed", async () => {
  await left("audit-dependencies", 75, "the registry is away")
  await left("typecheck", 127, "sh: 1: tsc: not found")
  const { summary, annotations } = await report()
  expect(summary).toContain("| audit-dependencies | skipped | the registry is away |")
  expect(summary).toContain("## typecheck error")
  expect(annotations).toContain("title=typecheck::sh: 1: tsc: not found")
})

test("when no stage ran, nobody reads that nothing failed", async () => {
  await mkdir(join(folder, "tree"))
  expect((await report()).summary).toContain("# No stage ran")
})

test("when nothing failed there is nothing to annotate", async () => {
  await left("lint", 0, "")
  const { summary, annotations } = await report()
  expect(summary).toContain("# Nothing failed")
  expect(annotations).toBe("")
})
