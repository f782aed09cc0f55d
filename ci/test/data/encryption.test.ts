import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { buffer, text } from "node:stream/consumers"
import { generateIdentity } from "age-encryption"
import { execa, execaSync } from "execa"
import { describe, expect, test } from "vitest"
import { decrypted, encrypted } from "../../data/encryption.js"
import { folderOfTest } from "./context.js"

const stream = (content: Uint8Array) => Readable.from([Buffer.from(content)])
const PLAIN = Buffer.from("a dump ".repeat(50_000))

test("what was encrypted can be read with its key", async () => {
  const key = await generateIdentity()
  const cipher = await buffer(await encrypted(stream(PLAIN), key))
  expect(cipher.includes("a dump")).toBe(false)
  expect(PLAIN.equals(await buffer(await decrypted(stream(cipher), key)))).toBe(true)
})

test("another key, a cut and a changed byte are refused", async () => {
  const key = await generateIdentity()
  const cipher = await buffer(await encrypted(stream(PLAIN), key))
  const other = await generateIdentity()
  await expect(decrypted(stream(cipher), other)).rejects.toThrow()
  const cut = await decrypted(stream(cipher.subarray(0, -1000)), key)
  await expect(buffer(cut)).rejects.toThrow()
  cipher[cipher.length - 100] = (cipher.at(-100) ?? 0) ^ 1
  const changed = await decrypted(stream(cipher), key)
  await expect(buffer(changed)).rejects.toThrow()
})

const { failed: isMissing } = execaSync("age", ["--version"], { reject: false })
if (isMissing) console.warn("reading a backup with the program age is not tested: age is not on PATH")

describe.skipIf(isMissing)("the program age", () => {
  test("reads what was encrypted", async () => {
    const key = await generateIdentity()
    const identity = join(folderOfTest(), "identity")
    writeFileSync(identity, `${key}\n`, { mode: 0o600 })
    const input = await buffer(await encrypted(stream(PLAIN), key))
    const { stdout } = await execa("age", ["--decrypt", "--identity", identity], { input })
    expect(stdout).toBe(PLAIN.toString())
  })

  test("writes what can be read here", async () => {
    const key = await generateIdentity()
    const identity = join(folderOfTest(), "identity")
    writeFileSync(identity, `${key}\n`, { mode: 0o600 })
    const args = ["--encrypt", "--identity", identity]
    const { stdout } = await execa("age", args, { input: PLAIN, encoding: "buffer" })
    expect(await text(await decrypted(stream(stdout), key))).toBe(PLAIN.toString())
  })
})
