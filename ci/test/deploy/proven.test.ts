import { expect, test } from "vitest"
import { noteProven } from "../../deploy/proven.js"
import { abandonRunning, beginDeployment, noteStep } from "../../environment/database/deployments.js"
import { claim } from "../../environment/database/environment.js"
import { deployments } from "../../environment/database/history.js"
import { prepare } from "../../environment/database/prepare.js"
import type { StepName } from "../../pipeline/deploy-steps.js"
import { testDatabases } from "../databases.js"
import { RELEASE } from "../environment/database/release.js"

const databases = testDatabases()
const ours = { carries: new Set<StepName>() }
const platform = { carries: new Set<StepName>(["switch"]) }

/** A history with one deploy of v1 that ended without a word in a step. */
async function killedIn(name: string, outcome: string) {
  const client = await databases.client()
  await prepare(client)
  await claim(client, "staging")
  const beginning = { kind: "deploy", release: RELEASE, version: "v1", who: "ada", host: "laptop" } as const
  const id = await beginDeployment(client, beginning)
  await noteStep(client, id, { position: 1, name, startedAt: new Date(), seconds: 1, outcome, note: null })
  await abandonRunning(client)
  return client
}

test.each([
  ["after its smoke test", "smoke", "done", ours, "succeeded"],
  ["after the switch was kept, before that was written down", "smoke", "running", ours, "succeeded"],
  ["on a platform that switches by itself, in its smoke test", "smoke", "running", platform, "abandoned"],
  ["before its smoke test", "switch", "done", ours, "abandoned"],
  ["while it was taken back", "smoke", "failed", ours, "abandoned"],
])("of a deploy that was killed %s the version serves", async (_, step, outcome, target, expected) => {
  const client = await killedIn(step, outcome)
  await noteProven({ client }, { colour: "blue", release: RELEASE, version: "v1" }, target)
  expect((await deployments(client, 9)).map((each) => each.outcome)).toEqual([expected])
})

test("a deploy that was killed and whose version does not serve is left as it is", async () => {
  const client = await killedIn("smoke", "running")
  await noteProven({ client }, { colour: "blue", release: RELEASE, version: "v0" }, ours)
  expect((await deployments(client, 9)).map((each) => each.outcome)).toEqual(["abandoned"])
})
