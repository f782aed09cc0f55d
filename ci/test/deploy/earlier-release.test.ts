import type { ClientBase } from "pg"
import { expect, test } from "vitest"
import { earlierRelease } from "../../deploy/earlier-release.js"
import { beginDeployment, endDeployment } from "../../environment/database/deployments.js"
import { testDatabases } from "../databases.js"
import { claimed } from "../environment/database/claimed.js"
import { RELEASE } from "../environment/database/release.js"

const databases = testDatabases()
const commitOf = (version: string) => version.slice(-1).repeat(40)
const releaseOf = (version: string) => ({ ...RELEASE, commit: commitOf(version) })
const serving = (version: string) => ({ colour: "blue" as const, release: releaseOf(version), version })

/** A history, oldest first: `v1`, `back to v1`, `v2 taken back`. */
async function history(...entries: string[]): Promise<ClientBase> {
  const client = await claimed(databases)
  for (const entry of entries) {
    const version = /v\d/.exec(entry)?.[0] ?? ""
    const kind = entry.startsWith("back to") ? "rollback" : "deploy"
    const beginning = { kind, release: releaseOf(version), version, who: "ada", host: "laptop" } as const
    const id = await beginDeployment(client, beginning)
    await endDeployment(client, id, { outcome: entry.endsWith("taken back") ? "taken back" : "succeeded" })
  }
  return client
}

test.each([
  ["v1", ["v1", "v2"]],
  ["v1", ["v1", "v2", "v2"]],
  ["v2", ["v1", "v2", "v3 taken back", "v3"]],
  ["v1", ["v1", "v2", "v3", "back to v2"]],
  ["v1", ["v1", "v2", "back to v1", "v3"]],
  ["v2", ["v1", "v2", "back to v1", "back to v2", "v3"]],
  ["v1", ["v1", "v2", "v3", "v2"]],
  ["v1", ["v1", "v2", "v3", "v2", "v3", "back to v2"]],
])("a rollback goes to %s after %j", async (expected, entries) => {
  const client = await history(...entries)
  const now = /v\d/.exec(entries.at(-1) ?? "")?.[0] ?? ""
  expect((await earlierRelease()(client, serving(now))).version).toBe(expected)
})

test("what was rolled back from is no release of before: it has to be named", async () => {
  const client = await history("v1", "v2", "back to v1")
  await expect(earlierRelease()(client, serving("v1"))).rejects.toThrow(
    /expected a release that served before 1{7}.*, found none; these have served here: 3 v1 .*, 2 v2 .*; name one with --to/,
  )
  expect((await earlierRelease("v2")(client, serving("v1"))).version).toBe("v2")
})

test("of what the history does not know, the newest that has served is the one before", async () => {
  expect((await earlierRelease()(await history("v1", "v2"), serving("v9"))).version).toBe("v2")
})
