import type { ClientBase } from "pg"
import { expect, test } from "vitest"
import { noteProven } from "../../deploy/proven.js"
import { abandonRunning, beginDeployment, noteStep } from "../../environment/database/deployments.js"
import { deployments } from "../../environment/database/history.js"
import type { StepName } from "../../pipeline/deploy-steps.js"
import { testDatabases } from "../databases.js"
import { claimed } from "../environment/database/claimed.js"
import { RELEASE } from "../environment/database/release.js"

const databases = testDatabases()
const ours = { carries: new Set<StepName>() }
const SERVING = { colour: "blue", release: RELEASE, version: "v1" } as const

/** A history with one deploy of v1 that ended without a word in a step. */
async function killedIn(name: string, outcome: string) {
  const client = await claimed(databases)
  const beginning = { kind: "deploy", release: RELEASE, version: "v1", who: "ada", host: "laptop" } as const
  const id = await beginDeployment(client, beginning)
  await noteStep(client, id, { position: 1, name, startedAt: new Date(), seconds: 1, outcome, note: null })
  await abandonRunning(client)
  return client
}

const outcomes = async (client: ClientBase) => (await deployments(client, 9)).map(({ outcome }) => outcome)

test.each([
  ["after its smoke test", "succeeded", { step: "smoke", outcome: "done" }],
  ["after the switch was kept, not yet written down", "succeeded", { step: "smoke", outcome: "running" }],
  ["before its smoke test", "abandoned", { step: "switch", outcome: "done" }],
  ["while it was taken back", "abandoned", { step: "smoke", outcome: "failed" }],
])("killed %s, a deploy counts as %s", async (_, expected, { step, outcome }) => {
  const client = await killedIn(step, outcome)
  await noteProven({ client }, SERVING, ours)
  expect(await outcomes(client)).toEqual([expected])
})

test("where the platform switches by itself, a version that serves has not proved itself by that", async () => {
  const client = await killedIn("smoke", "running")
  await noteProven({ client }, SERVING, { carries: new Set(["switch"]) })
  expect(await outcomes(client)).toEqual(["abandoned"])
})

test("what has proved itself has, also when nothing serves any more", async () => {
  const client = await killedIn("smoke", "done")
  await noteProven({ client }, undefined, ours)
  expect(await outcomes(client)).toEqual(["succeeded"])
})

test("a deploy that was killed in its smoke test and whose version does not serve is left as it is", async () => {
  const client = await killedIn("smoke", "running")
  await noteProven({ client }, { ...SERVING, version: "v0" }, ours)
  expect(await outcomes(client)).toEqual(["abandoned"])
})
