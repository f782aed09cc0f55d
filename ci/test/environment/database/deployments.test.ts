import type { ClientBase } from "pg"
import { expect, test } from "vitest"
import {
  abandonRunning,
  beginDeployment,
  endDeployment,
  noteStep,
  type Ended,
} from "../../../environment/database/deployments.js"
import { remark } from "../../../environment/database/environment.js"
import { deployment, deployments, lastSucceeded } from "../../../environment/database/history.js"
import { prepare } from "../../../environment/database/prepare.js"
import { testDatabases } from "../../databases.js"
import { claimed } from "./claimed.js"
import { RELEASE } from "./release.js"

const databases = testDatabases()
const WHO = { who: "ada", host: "laptop" }

async function deployed(client: ClientBase, version: string, ended: Ended): Promise<number> {
  const id = await beginDeployment(client, { ...WHO, kind: "deploy", release: RELEASE, version })
  await endDeployment(client, id, ended)
  return id
}

test("a deployment is found as it was written down, with its steps in order", async () => {
  const client = await claimed(databases)
  const before = await deployed(client, "v1.0.0", { outcome: "succeeded", serving: "v1.0.0" })
  const id = await beginDeployment(client, {
    ...WHO,
    kind: "rollback",
    release: RELEASE,
    version: "v0.9.0",
    previous: before,
  })
  const startedAt = new Date("2026-11-25T08:00:00.123Z")
  const step = { position: 1, name: "lock", startedAt, seconds: null, outcome: "running", note: null }
  const second = { ...step, position: 2, name: "check", outcome: "failed", note: "not ready" }
  await noteStep(client, id, second)
  await noteStep(client, id, step)
  await noteStep(client, id, { ...step, seconds: 0.25, outcome: "succeeded" })
  await endDeployment(client, id, {
    outcome: "taken back",
    reason: "why",
    failedStep: "check",
    serving: "v1.0.0",
  })

  expect(await deployment(client, id)).toEqual({
    id,
    environment: "staging",
    kind: "rollback",
    release: RELEASE,
    version: "v0.9.0",
    ...WHO,
    previous: before,
    startedAt: expect.any(Date) as Date,
    endedAt: expect.any(Date) as Date,
    outcome: "taken back",
    reason: "why",
    failedStep: "check",
    serving: "v1.0.0",
    steps: [{ ...step, seconds: 0.25, outcome: "succeeded" }, second],
  })
})

test("the newest are first, and no more than asked for", async () => {
  const client = await claimed(databases)
  for (const version of ["v1.0.0", "v1.1.0", "v1.2.0"]) await deployed(client, version, { outcome: "failed" })
  expect((await deployments(client, 2)).map(({ version }) => version)).toEqual(["v1.2.0", "v1.1.0"])
})

test("the last that succeeded is found, and the one before it", async () => {
  const client = await claimed(databases)
  expect(await lastSucceeded(client)).toBeUndefined()
  const first = await deployed(client, "v1.0.0", { outcome: "succeeded" })
  const second = await deployed(client, "v1.1.0", { outcome: "succeeded" })
  await deployed(client, "v1.2.0", { outcome: "taken back" })
  expect((await lastSucceeded(client))?.id).toBe(second)
  expect((await lastSucceeded(client, second))?.id).toBe(first)
  expect(await lastSucceeded(client, first)).toBeUndefined()
})

test("the deployments of the environment whose database was copied are not this one's", async () => {
  const client = await claimed(databases)
  const id = await deployed(client, "v1.0.0", { outcome: "succeeded" })
  await remark(client, "copy")
  expect(await deployments(client, 9)).toEqual([])
  expect(await lastSucceeded(client)).toBeUndefined()
  expect(await deployment(client, id)).toBeUndefined()
})

test("deployments that are said to run are abandoned, those that ended are left alone", async () => {
  const client = await claimed(databases)
  await deployed(client, "v1.0.0", { outcome: "succeeded" })
  const id = await beginDeployment(client, { ...WHO, kind: "deploy", release: RELEASE, version: "v1.1.0" })
  expect(await abandonRunning(client)).toEqual([id])
  expect(await abandonRunning(client)).toEqual([])
  expect((await deployments(client, 9)).map(({ outcome }) => outcome)).toEqual(["abandoned", "succeeded"])
})

test("in a database that is nobody's no deployment begins", async () => {
  const client = await databases.client()
  await prepare(client)
  const begun = beginDeployment(client, { ...WHO, kind: "deploy", release: RELEASE, version: "v1.0.0" })
  await expect(begun).rejects.toThrow(/expected the database to be claimed/)
})

test("what a later program wrote is named, not guessed", async () => {
  const client = await claimed(databases)
  const id = await deployed(client, "v1.0.0", { outcome: "succeeded" })
  await client.query("UPDATE delivery.deployments SET release = release || '{\"schemaVersion\": 2}'")
  await expect(lastSucceeded(client)).rejects.toThrow(
    `expected a record of deployment ${id} that this program knows`,
  )
})
