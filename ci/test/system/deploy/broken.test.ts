import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { revision } from "../../../release/deployable.js"
import { mainBegins, recorded, replaced, smokeWaits, withMigration } from "../../../trial/edits.js"
import { ground, type Ground } from "../../../trial/ground.js"
import { answering, underLoad } from "./under-load.js"

let there: Ground
beforeAll(async () => {
  there = await ground()
})
afterAll(() => there.remove())

test("a good release serves, with no request lost, and the stream is told to reconnect", async () => {
  const release = await there.variant()
  const load = await there.load()
  const { exitCode, text, result } = await there.call("deploy", { release })
  const { failures, reconnects } = await load.stop()
  expect(failures, text).toEqual([])
  expect({ exitCode, outcome: result?.outcome }, text).toEqual({ exitCode: 0, outcome: "succeeded" })
  expect(reconnects).toBeGreaterThan(0)
  expect(await answering(there)).toBe(revision(release))
  expect(await smokeKeys()).toEqual([])
})

/** Those that can still be used. */
const smokeKeys = () =>
  there.query("SELECT id FROM api_keys WHERE name = 'deploy smoke test' AND revoked_at IS NULL")

const THROWS = 'throw new Error("broken on purpose")'
const FOREVER = "await new Promise(() => setInterval(() => undefined, 1000))"
const OPERATIONS = "server/dist/operations/routes.js"
/** For what waits its deadline out; all others may take as long as a slow machine needs. */
const SOON = "DEADLINES=health gate=20"
const SOON_SMOKED = "DEADLINES=smoke=8"
/** A release that is broken on purpose. */
const BROKEN: Readonly<Record<string, Broken>> = {
  "one that crashes at start": {
    change: mainBegins(THROWS),
    failedStep: "health gate",
    reason: /ended with exit code 1.*broken on purpose/,
  },
  "one that hangs at start": {
    change: mainBegins(FOREVER),
    failedStep: "health gate",
    reason: /in time|within 20 s/,
    settings: SOON,
  },
  "one that never becomes ready": {
    change: replaced(OPERATIONS, "reasons.length === 0", "false"),
    failedStep: "health gate",
    reason: /in time; it last answered: \/readyz 503/,
    settings: SOON,
  },
  "one of the wrong commit": {
    change: mainBegins('process.env.COMMIT = "f00"'),
    failedStep: "health gate",
    reason: /it answers f00/,
  },
  "one that can make no key": {
    change: replaced("server/dist/keys.js", "process.env", "{}"),
    failedStep: "health gate",
    reason: /expected a key limited to the sandbox/,
  },
  "one whose page has no script": {
    change: replaced("client/index.html", "<script", "<xscript"),
    failedStep: "smoke",
    reason: /expected a script/,
  },
  "one that hangs in the smoke test": {
    change: smokeWaits(),
    failedStep: "smoke",
    reason: /within 8 s/,
    settings: SOON_SMOKED,
  },
}

interface Broken {
  readonly change: (folder: string) => Promise<void>
  readonly failedStep: string
  readonly reason: RegExp
  readonly settings?: string
}

describe("a release that does not prove itself is taken back, and what served goes on:", () => {
  test.each(Object.entries(BROKEN))("%s", async (_, { change, failedStep, reason, settings = "" }) => {
    const before = await answering(there)
    const release = await there.variant(change)
    const { exitCode, text, result } = await underLoad(there, () =>
      there.call("deploy", { release, settings }),
    )
    expect(result, text).toMatchObject({ outcome: "taken back", failedStep })
    expect(result?.reason).toMatch(reason)
    expect(exitCode).toBe(3)
    expect(await answering(there)).toBe(before)
    expect(await smokeKeys()).toEqual([])
  })
})

describe("a migration", () => {
  test.each([
    ["that fails", { sql: "SELECT 1 / 0;", settings: "", reason: /division by zero/ }],
    [
      "that hangs",
      {
        sql: "SELECT pg_sleep(600);",
        settings: "DEADLINES=migrate=8",
        reason: /within 8 s|statement timeout/,
      },
    ],
  ])("%s is taken back, and stops no later deploy", async (_, { sql, settings, reason }) => {
    const before = await answering(there)
    const name = "20261125000000_broken"
    const release = recorded(await there.variant(withMigration(name, sql)), name, sql)
    const { exitCode, text, result } = await underLoad(there, () =>
      there.call("deploy", { release, settings }),
    )
    expect(result, text).toMatchObject({ outcome: "taken back", failedStep: "migrate" })
    expect(result?.reason).toMatch(reason)
    expect(exitCode).toBe(3)
    expect(await answering(there)).toBe(before)
    const following = await there.variant()
    const next = await underLoad(there, () => there.call("deploy", { release: following }))
    expect(next.result?.outcome, next.text).toBe("succeeded")
  })
})
