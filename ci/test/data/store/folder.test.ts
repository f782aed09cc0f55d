import { readdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { beforeEach, describe, expect, test } from "vitest"
import { folderStore } from "../../../data/store/folder.js"
import type { Store } from "../../../data/store/store.js"
import { folderOfTest, never } from "../context.js"
import { smallDisk, whyNoSmallDisk } from "../small-disk.js"
import { storeContract } from "./contract.js"

describe("a folder", () => {
  let store: Store
  beforeEach(() => {
    store = folderStore(join(folderOfTest(), "made", "on", "demand"))
  })
  storeContract(() => store)

  test("nobody else may read its files", async () => {
    const folder = folderOfTest()
    await folderStore(folder).put("one.dump", Readable.from([Buffer.from("bytes")]), never)
    expect(statSync(join(folder, "one.dump")).mode & 0o077).toBe(0)
  })

  test("one that can't be made is an error that says what to set", async () => {
    const file = join(folderOfTest(), "a-file")
    writeFileSync(file, "")
    const put = folderStore(join(file, "below")).put("one.dump", Readable.from([Buffer.from("bytes")]), never)
    await expect(put).rejects.toThrow(
      /expected to write a backup in .*a-file\/below, received: ENOTDIR.*; set BACKUP_STORE/,
    )
  })

  test("what a killed put left is told apart and can be removed", async () => {
    const folder = folderOfTest()
    writeFileSync(join(folder, "killed.dump.partial"), "half")
    const left = folderStore(folder)
    expect(await left.list()).toEqual([])
    expect(await left.unfinished()).toEqual(["killed.dump"])
    await left.removeUnfinished("killed.dump")
    expect(readdirSync(folder)).toEqual([])
  })
})

const reason = whyNoSmallDisk()
if (reason) console.warn(`a full disk is not tested: ${reason}`)

describe.skipIf(reason)("a folder on a full disk", () => {
  test("the error says so, and nothing is left", async () => {
    const folder = smallDisk()
    const megabyte = Buffer.alloc(1024 * 1024)
    const large = Readable.from([megabyte, megabyte, megabyte, megabyte])
    const put = folderStore(folder).put("large.dump", large, never)
    await expect(put).rejects.toThrow(/found the disk full \(ENOSPC\); free some, or set BACKUP_STORE/)
    expect(readdirSync(folder)).toEqual([])
  })
})
