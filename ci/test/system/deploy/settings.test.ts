import { afterAll, beforeAll, expect, test } from "vitest"
import { mainBegins } from "../../../trial/edits.js"
import { ground, type Ground } from "../../../trial/ground.js"
import { startProgram } from "../../../trial/programs.js"
import { answering, underLoad } from "./under-load.js"

let there: Ground
beforeAll(async () => {
  there = await ground()
})
afterAll(() => there.remove())

const DRY = ["--dry-run=true"]
const CANARY = "sk-canary-0123456789abcdef"

test("wrong, missing and unknown settings are told at once, by name, and nothing is changed", async () => {
  const settings = `LOG_LEVEL=loud\nOPENAI_APIKEY=${CANARY}\nCOMMIT=abc\nDEADLINES=lunch=5\nOPENAI_API_KEY=${CANARY}`
  const { exitCode, text } = await there.call("deploy", { release: there.first, settings })
  expect(exitCode, text).toBe(2)
  for (const name of [
    "LOG_LEVEL is wrong",
    "OPENAI_APIKEY is unknown",
    "COMMIT is set by the deploy",
    "DEADLINES is wrong",
    "OPENAI_API_KEY is wrong",
  ])
    expect(text).toContain(name)
  expect(text).toContain("sandbox account outside production")
  expect(text).not.toContain(CANARY)
})

test("the database of another environment is refused, and its own goes on serving", async () => {
  const before = await answering(there)
  const other = { ...there, environment: "staging" }
  const { exitCode, text } = await underLoad(there, async () => {
    const running = await startProgram(other, "deploy", { release: await there.variant() })
    return running.ended
  })
  expect(exitCode, text).toBe(1)
  expect(text).toMatch(/expected the database of staging, received one that is marked as local's/)
  const planned = await startProgram(other, "deploy", { release: await there.variant(), flags: DRY })
  expect(await planned.ended).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining("of staging") as string,
  })
  expect(await answering(there)).toBe(before)
})

test("a key that another environment has is refused by name; a deploy tells its own fingerprints", async () => {
  const keyed = `OPENAI_API_KEY=${CANARY}\nSANDBOX_KEYS=OPENAI_API_KEY`
  const { result, text } = await there.call("deploy", { release: await there.variant(), settings: keyed })
  const [fingerprint = ""] = result?.fingerprints ?? []
  expect(fingerprint, text).toMatch(/^local:OPENAI_API_KEY:[\w-]+:[\w-]+$/)
  expect(text).toContain(`for OTHER_FINGERPRINTS of the other environments: ${fingerprint}`)
  const foreign = fingerprint.replace("local:", "production:")
  const refused = await there.call("deploy", {
    release: await there.variant(),
    settings: `${keyed}\nOTHER_FINGERPRINTS=${foreign}`,
  })
  expect(refused, refused.text).toMatchObject({ exitCode: 1, result: { outcome: "refused" } })
  expect(refused.text).toContain("OPENAI_API_KEY is also the OPENAI_API_KEY of production")
  const planned = await there.call("deploy", {
    release: await there.variant(),
    settings: `${keyed}\nOTHER_FINGERPRINTS=${foreign}`,
    flags: DRY,
  })
  expect(planned.text).toMatch(/check: .* OPENAI_API_KEY is also the OPENAI_API_KEY of production/)
  expect(refused.text + text).not.toContain(CANARY)
})

test("what a server prints of a secret as it breaks is taken out of the reason", async () => {
  const release = await there.variant(mainBegins("throw new Error(`key ${process.env.OPENAI_API_KEY}`)"))
  const settings = `OPENAI_API_KEY=${CANARY}\nSANDBOX_KEYS=OPENAI_API_KEY`
  const { exitCode, text, result } = await there.call("deploy", { release, settings })
  expect(exitCode, text).toBe(3)
  expect(text).toMatch(/key \*\*\*/)
  expect(text + JSON.stringify(result)).not.toContain(CANARY)
})

test("a dry run says the steps and what the check would object to, and changes nothing", async () => {
  const before = await answering(there)
  const { exitCode, text } = await there.call("deploy", {
    release: await there.variant(),
    flags: DRY,
  })
  expect(exitCode, text).toBe(0)
  expect(text).toMatch(/ 1 lock .*\n.* 10 unlock/s)
  expect(text).toContain("Nothing was changed.")
  expect(await answering(there)).toBe(before)
})
