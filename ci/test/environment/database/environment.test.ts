import { expect, test } from "vitest"
import {
  claim,
  environmentOf,
  EnvironmentMismatch,
  remark,
} from "../../../environment/database/environment.js"
import { prepare } from "../../../environment/database/prepare.js"
import { testDatabases } from "../../databases.js"

const databases = testDatabases()

async function prepared() {
  const client = await databases.client()
  await prepare(client)
  return client
}

test("a database that is nobody's becomes the environment's, and stays so", async () => {
  const client = await prepared()
  expect(await environmentOf(client)).toBeUndefined()
  await claim(client, "staging")
  await claim(client, "staging")
  expect(await environmentOf(client)).toBe("staging")
})

test("another environment's database is refused, with what was expected, what was found and what to do", async () => {
  const client = await prepared()
  await claim(client, "production")
  const refused = claim(client, "staging")
  await expect(refused).rejects.toThrow(EnvironmentMismatch)
  await expect(refused).rejects.toThrow(
    /expected the database of staging.*marked as production's.*restore --environment staging/,
  )
  expect(await environmentOf(client)).toBe("production")
})

test("of two environments that claim a database at once one gets it", async () => {
  const url = await databases.fresh()
  const [one, two] = [await databases.connect(url), await databases.connect(url)]
  await prepare(one)
  const ends = await Promise.allSettled([claim(one, "staging"), claim(two, "production")])
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
})

test("a copy of another environment's database can be marked anew", async () => {
  const client = await prepared()
  await remark(client, "production")
  await remark(client, "staging")
  await claim(client, "staging")
  expect(await environmentOf(client)).toBe("staging")
})
