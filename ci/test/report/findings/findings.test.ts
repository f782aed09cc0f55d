import { describe, expect, test } from "vitest"
import { findings } from "../../../report/findings/findings.js"

/** The files that are named below have to exist here: a place is only told for a file of the project's own. */
const read = (text: string) => findings(text.split("\n"))

describe("what is wrong is read out of the output of", () => {
  test("a deploy: which step failed and why, what serves, and what does the same", () => {
    const output = `
  ✔ start new      0.0 s  green
      health: the server lives and is ready
  ✖ health gate    1.7 s  expected the new version to start; it ended with exit code 1: broken
  ✔ take back      0.0 s  blue serves, as before

✖ deploy taken back, what served before serves in 3.3 s, deployment 12
  health gate: expected the new version to start; it ended with exit code 1: broken
  serving: v1.2.3 (a944f6c, blue) at http://127.0.0.1:8088
  the same on a laptop: npm run ci -- deploy --environment local`
    expect(read(output)).toEqual([
      {
        message:
          "health gate: expected the new version to start; it ended with exit code 1: broken; serving: v1.2.3 (a944f6c, blue) at http://127.0.0.1:8088",
        repeat: "npm run ci -- deploy --environment local",
      },
    ])
  })

  test("a deploy that refuses a migration: each thing that is wrong, by file and line", () => {
    const output = `
  ✖ check          0.2 s  expected migrations that the serving version can live with, found one that it can't:
        server/prisma/migrations/1_a/migration.sql:3 the serving version uses it
      make it in two releases as described
  ✔ unlock         0.0 s`
    expect(read(output)[0]?.message).toBe(
      "check: expected migrations that the serving version can live with, found one that it can't: " +
        "server/prisma/migrations/1_a/migration.sql:3 the serving version uses it make it in two releases as described",
    )
  })

  test("wrong settings: every name", () => {
    const output =
      "error: the settings of staging are missing or wrong:\n  PUBLIC_URL is missing\n  STACK is wrong\nwords"
    expect(read(output)).toEqual([
      { message: "the settings of staging are missing or wrong: PUBLIC_URL is missing; STACK is wrong" },
    ])
  })

  test("Vitest, with the test's name and the line of its own file", () => {
    const output = `
 FAIL  |server| test/main.test.ts > a group > the moon is full
AssertionError: expected 'new moon' to be 'full moon' // Object.is equality

Expected: "full moon"
 ❯ helper src/app.ts:9:1
 ❯ test/main.test.ts:4:22
      3|   expect("new moon").toBe("full moon")

 FAIL  |server| test/shutdown.test.ts
Error: boom`
    expect(read(output)).toEqual([
      {
        place: "server/test/main.test.ts:4",
        message: "a group > the moon is full: expected 'new moon' to be 'full moon'",
        repeat:
          "npm run with-postgres -- npx vitest run --project server server/test/main.test.ts -t 'a group the moon is full'",
      },
      {
        place: "server/test/shutdown.test.ts",
        message: "Error: boom",
        repeat: "npm run with-postgres -- npx vitest run --project server server/test/shutdown.test.ts",
      },
    ])
  })

  test("Vitest, for tests that fail in the same way and for a file that can't be loaded", () => {
    const output = `
 FAIL  |client| test/app/app.test.tsx > in the light
 FAIL  |client| test/app/app.test.tsx > in the dark
Error: Test timed out in 5000ms.

 FAIL  |ci| test/host/redact.test.ts [ ci/test/host/redact.test.ts ]
Error: Cannot find module './nowhere.js'
 ❯ test/host/redact.test.ts:1:1`
    const inTheApp = "npx vitest run --project client client/test/app/app.test.tsx"
    const app = { place: "client/test/app/app.test.tsx" }
    const late = "Error: Test timed out in 5000ms."
    expect(read(output)).toEqual([
      { ...app, message: `in the light: ${late}`, repeat: `${inTheApp} -t 'in the light'` },
      { ...app, message: `in the dark: ${late}`, repeat: `${inTheApp} -t 'in the dark'` },
      {
        place: "ci/test/host/redact.test.ts:1",
        message: "Error: Cannot find module './nowhere.js'",
        repeat: "npx vitest run --project ci ci/test/host/redact.test.ts",
      },
    ])
  })

  test("Vitest, with a name that a shell and a pattern would read in their own way", () => {
    const [found] = read(" FAIL  |ci| test/host/redact.test.ts > isn't (a|b) $HOME\nError: boom")
    expect(found?.repeat).toBe(
      String.raw`npx vitest run --project ci ci/test/host/redact.test.ts -t 'isn'\''t \(a\|b\) \$HOME'`,
    )
  })

  test("tsc", () => {
    expect(read("server/src/app.ts(7,14): error TS2322: Type 'string' is not assignable.")).toEqual([
      { place: "server/src/app.ts:7", message: "error TS2322: Type 'string' is not assignable." },
    ])
  })

  test("ESLint, file by file, colours or not", () => {
    const output = `
ci/cli.ts
  44:53  \u001B[31merror\u001B[39m  Unexpected any    @typescript-eslint/no-explicit-any
  50:1   warning  Something else

ci/help.ts
  1:1  error  Another  rule`
    expect(read(output)).toEqual([
      { place: "ci/cli.ts:44", message: "Unexpected any  @typescript-eslint/no-explicit-any" },
      { place: "ci/help.ts:1", message: "Another  rule" },
    ])
  })

  test("Prettier", () => {
    expect(read("Checking formatting...\n[warn] ci/cli.ts\n[warn] Code style issues found.")).toEqual([
      { place: "ci/cli.ts", message: "is not formatted; npm run format does it" },
    ])
    expect(read("[error] ci/help.ts: SyntaxError: ';' expected. (12:5)\n[error]   10 | const")).toEqual([
      { place: "ci/help.ts:12", message: "SyntaxError: ';' expected." },
    ])
  })

  test("Vite's bundler", () => {
    const output = `✗ Build failed in 37ms
[UNRESOLVED_IMPORT] Could not resolve './moon.js' in src/app/main.tsx
   ╭─[ src/app/main.tsx:1:8 ]
    at build (file:///elsewhere/node_modules/rolldown/dist/shared/error.mjs:50:18)`
    expect(read(output)).toEqual([
      { place: "client/src/app/main.tsx:1", message: "Could not resolve './moon.js' in src/app/main.tsx" },
    ])
  })

  test("Prisma, for its schema and for a migration", () => {
    const start = "Prisma schema loaded from prisma/schema.prisma\n"
    expect(read(`${start}error: Error validating: no.\n  -->  prisma/schema.prisma:1\n   |`)).toEqual([
      { place: "server/prisma/schema.prisma:1", message: "error: Error validating: no." },
    ])
    const migration = `Error: external connector error
Error accessing result set, column not found: moon
           with migration_name="20261101000000_init"`
    expect(read(start + migration)).toEqual([
      {
        place: "server/prisma/migrations/20261101000000_init/migration.sql",
        message: "Error accessing result set, column not found: moon",
      },
    ])
  })

  test("commitlint", () => {
    const output =
      "⧗   input: Fixed\n✖   type may not be empty [type-empty]\n\n✖   found 1 problems, 0 warnings"
    expect(read(output)).toEqual([{ message: '"Fixed": type may not be empty [type-empty]' }])
  })

  test("anything that says error:", () => {
    expect(read("some words\nerror: expected the moon\n    at ci/cli.ts:12:3")).toEqual([
      { place: "ci/cli.ts:12", message: "expected the moon" },
    ])
  })

  test("nothing that is known: none", () => {
    expect(read("all is well\n0 errors")).toEqual([])
  })
})
