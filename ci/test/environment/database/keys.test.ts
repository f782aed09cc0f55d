import { expect, test } from "vitest"
import { expectOwnKeys, storeFingerprints } from "../../../environment/database/environment-keys.js"
import { claim, remark } from "../../../environment/database/environment.js"
import {
  fingerprints,
  fingerprintText,
  parsedFingerprints,
} from "../../../environment/database/fingerprint.js"
import { prepare } from "../../../environment/database/prepare.js"
import { SharedKeys, sharedKeys } from "../../../environment/database/shared-keys.js"
import { testDatabases } from "../../databases.js"

const databases = testDatabases()
const [ONE, TWO] = ["sk-the-first-of-two-keys", "sk-the-second-of-two-keys"]

const settings = (environment: string, platform: Record<string, string>, others: string[] = []) => ({
  environment,
  platform: { LOG_LEVEL: "info", ...platform },
  OTHER_FINGERPRINTS: others,
})

async function claimed(environment: string) {
  const client = await databases.client()
  await prepare(client)
  await claim(client, environment)
  return client
}

const caught = (promise: Promise<unknown>) =>
  promise.then(() => undefined).catch((error: unknown) => error as Error)

test("a fingerprint is not the key, is another one every time, and survives being written and read", async () => {
  const [first] = await fingerprints("production", { OPENAI_API_KEY: ONE })
  const [second] = await fingerprints("production", { OPENAI_API_KEY: ONE })
  expect(first?.hash).not.toBe(second?.hash)
  const text = first ? fingerprintText(first) : ""
  expect(text).toMatch(/^production:OPENAI_API_KEY:[\w-]{22}:[\w-]{43}$/)
  expect(text).not.toContain(ONE)
  expect(parsedFingerprints([text])).toEqual([first])
})

test("a shared key is found under whichever name, and only that", async () => {
  const foreign = await fingerprints("production", { OPENAI_API_KEY: ONE })
  expect(await sharedKeys({ OPENAI_API_KEY: TWO, ANTHROPIC_API_KEY: ONE }, foreign)).toEqual([
    { name: "ANTHROPIC_API_KEY", environment: "production", nameThere: "OPENAI_API_KEY" },
  ])
  expect(await sharedKeys({ OPENAI_API_KEY: TWO }, foreign)).toEqual([])
})

test("a key of another environment's settings is refused by name, without its value", async () => {
  const client = await claimed("staging")
  const others = (await fingerprints("production", { OPENAI_API_KEY: ONE })).map(fingerprintText)
  const error = await caught(expectOwnKeys(client, settings("staging", { OPENAI_API_KEY: ONE }, others)))
  expect(error).toBeInstanceOf(SharedKeys)
  expect(error?.message).toContain("OPENAI_API_KEY is also the OPENAI_API_KEY of production")
  expect(error?.message).not.toContain(ONE)
  await expectOwnKeys(client, settings("staging", { OPENAI_API_KEY: TWO }, others))
})

test("an environment's own fingerprints may stand among the others'", async () => {
  const client = await claimed("staging")
  const own = (await fingerprints("staging", { OPENAI_API_KEY: ONE })).map(fingerprintText)
  await expectOwnKeys(client, settings("staging", { OPENAI_API_KEY: ONE }, own))
})

test("a key of the environment whose database was copied is refused", async () => {
  const client = await claimed("production")
  await storeFingerprints(client, settings("production", { OPENAI_API_KEY: ONE }))
  await expectOwnKeys(client, settings("production", { OPENAI_API_KEY: ONE }))
  await remark(client, "staging")
  const error = await caught(expectOwnKeys(client, settings("staging", { OPENAI_API_KEY: ONE })))
  expect(error).toBeInstanceOf(SharedKeys)
})

test("fingerprints of keys that are no longer in use go, those of others stay, and no value is stored", async () => {
  const client = await claimed("staging")
  await storeFingerprints(client, settings("production", { OPENAI_API_KEY: TWO }))
  await storeFingerprints(client, settings("staging", { OPENAI_API_KEY: ONE, ANTHROPIC_API_KEY: ONE }))
  await storeFingerprints(client, settings("staging", { ANTHROPIC_API_KEY: ONE }))
  const { rows } = await client.query("SELECT * FROM delivery.fingerprints ORDER BY environment")
  expect(rows).toMatchObject([
    { environment: "production", name: "OPENAI_API_KEY" },
    { environment: "staging", name: "ANTHROPIC_API_KEY" },
  ])
  expect(JSON.stringify(rows)).not.toContain(ONE)
})

test("what is no fingerprint is named by its place and never repeated", () => {
  expect(() => parsedFingerprints([ONE])).toThrow(/number 1 of 1 is something else/)
  expect(() => parsedFingerprints([ONE])).not.toThrow(ONE)
})
