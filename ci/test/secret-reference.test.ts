import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { secretAt } from "../secret-reference.js"

const CANARY = "moonlight-over-4711"

test("a reference leads to an environment variable or a file, as in Dagger", async () => {
  const folder = await mkdtemp(join(tmpdir(), "secret-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, "settings")
  await writeFile(file, CANARY)
  expect(secretAt("env://SETTINGS", { SETTINGS: CANARY })).toBe(CANARY)
  expect(secretAt(`file://${file}`, {})).toBe(CANARY)
})

test.each([
  ["env://SETTINGS", "expected the environment variable SETTINGS to be set, found none"],
  ["env://EMPTY", "expected the environment variable EMPTY to be set, found nothing in it"],
  ["file://nowhere/at/all", "expected a file nowhere/at/all that can be read, found none"],
])("%s, which leads to nothing, is told", (reference, message) => {
  expect(() => secretAt(reference, { EMPTY: "" })).toThrow(message)
})

test("a secret in the place of a reference is not repeated", () => {
  expect(() => secretAt(CANARY, {})).toThrow(/expected a secret as env:\/\/NAME or file:\/\/path/)
  expect(() => secretAt(CANARY, {})).not.toThrow(CANARY)
})
