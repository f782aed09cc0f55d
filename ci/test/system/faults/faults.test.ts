import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { checkout, commitAll, type Checkout } from "../../../trial/checkout.js"
import { ciRun } from "../ci-run.js"
import { replaceScripts } from "../npm-scripts.js"

let copy: Checkout
beforeEach(async () => {
  copy = await checkout()
})
afterEach(() => copy.remove())

const at = (file: string) => join(copy.folder, file)

const CHECKS = [
  "lint",
  "typecheck",
  "format:check",
  "test:app",
  "lint:commits",
  "audit:dependencies",
  "audit:lockfile",
  "audit:secrets",
]

async function replace(file: string, text: string, by: string) {
  const before = await readFile(at(file), "utf8")
  expect(before).toContain(text)
  await writeFile(at(file), before.replace(text, by))
}

describe("the main job is red, with the stage, the place and the reason, when", () => {
  test("checks find something wrong, each of them", async () => {
    await appendFile(at("client/src/time/delay.ts"), "\nexport const unused = (list: any) => list\n")
    await appendFile(at("ci/option.ts"), '\nexport const wrong: number = "text"\n')
    await appendFile(at("ci/cli.ts"), "\nexport const   badly = 1\n")
    await writeFile(at("server/test/fault.test.ts"), FAILING_TEST)
    await replaceScripts(copy.folder, ["test:app"], "vitest run --project server fault")
    await replaceScripts(copy.folder, ["lint"], "eslint client/src/time")
    await replace("package-lock.json", '"integrity": "sha512-', '"without": "sha512-')
    // Put together here, so that the scan of this file finds nothing.
    await writeFile(
      at("server/key.txt"),
      `token = "${["ghp", "a1b2C3d4E5f6G7h8I9j0".repeat(2).slice(0, 36)].join("_")}"\n`,
    )
    await commitAll(copy.git, "Fixed some things.")

    const { exitCode, result, stage } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(result.outcome).toBe("failed")
    for (const [name, reason] of [
      ["lint", /client\/src\/time\/delay\.ts:\d+.*Unexpected any/],
      ["typecheck", /ci\/option\.ts:\d+.*TS2322/],
      ["format", /ci\/cli\.ts/],
      ["test", /server\/test\/fault\.test\.ts:4: the moon is full: expected 'new moon'/],
      ["commits", /type may not be empty|subject may not be empty/],
      ["audit-lockfile", /has no integrity/],
      ["audit-secrets", /server\/key\.txt:1.*GitHub/i],
    ] as const) {
      expect(stage(name), name).toMatchObject({
        state: "failed",
        reason: expect.stringMatching(reason) as string,
      })
    }
    expect(stage("smoke").state).toBe("passed")
  })

  test("the client can't be built: nothing is started", async () => {
    await replaceScripts(copy.folder, CHECKS)
    await writeFile(at("client/src/app/main.tsx"), 'import "./moon.js"\n')
    const { exitCode, stage, text } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(stage("build")).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("moon") as string,
    })
    expect(stage("start")).toMatchObject({ state: "skipped", reason: "needs build, which failed" })
    expect(stage("smoke")).toMatchObject({ state: "skipped", reason: "needs start, which was skipped" })
    expect(text).toContain("npm run ci -- build")
  })

  test("the schema of the database client is broken: all that reads it is skipped", async () => {
    await replaceScripts(copy.folder, CHECKS)
    await writeFile(at("server/prisma/schema.prisma"), "model {")
    const { exitCode, stage } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(stage("generate").state).toBe("failed")
    for (const name of ["lint", "typecheck", "test", "build"]) {
      expect(stage(name)).toMatchObject({ state: "skipped", reason: "needs generate, which failed" })
    }
  })

  test("a migration fails: its log says the way out", async () => {
    await replaceScripts(copy.folder, CHECKS)
    await mkdir(at("server/prisma/migrations/20990101000000_broken"))
    await writeFile(
      at("server/prisma/migrations/20990101000000_broken/migration.sql"),
      "SELECT moon FROM workflows;",
    )
    const { exitCode, stage, text } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(stage("migrate")).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("moon") as string,
    })
    expect(stage("start")).toMatchObject({ state: "skipped", reason: "needs migrate, which failed" })
    expect(text).toContain("npx prisma migrate resolve --rolled-back 20990101000000_broken")
  })

  test("the server ends while it starts", async () => {
    await replaceScripts(copy.folder, CHECKS)
    await replace(
      "server/src/main.ts",
      "\n",
      '\nif (process.env["PORT"] === "0") throw new Error("no moon tonight")\n',
    )
    const { exitCode, stage } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(stage("start")).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("no moon tonight") as string,
    })
    expect(stage("smoke").reason).toBe("needs start, which failed")
  })

  test("the server answers for another commit than the one that is checked out", async () => {
    await replaceScripts(copy.folder, CHECKS)
    await replace("ci/pipeline/project.ts", '"{commit}"', '"another"')
    const { exitCode, stage } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(stage("smoke")).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("got another") as string,
    })
  })
})

const FAILING_TEST = `import { expect, test } from "vitest"

test("the moon is full", () => {
  expect("new moon").toBe("full moon")
})
`
