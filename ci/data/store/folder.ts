import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, open, readdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import type { Store } from "./store.js"

const PARTIAL = ".partial"
const NO_ROOM = ["ENOSPC", "EDQUOT"]

/** A store in a folder, which is made when there is none. Files are written as `<file>.partial` and renamed when whole. */
export function folderStore(folder: string): Store {
  const at = (file: string) => join(folder, file)
  return {
    location: at,
    list: async () => (await names(folder)).filter((name) => !name.endsWith(PARTIAL)),
    put: async (file, content, signal) => {
      const partial = at(file) + PARTIAL
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const options = { mode: 0o600, flush: true } as const
        await pipeline(content, createWriteStream(partial, options), { signal })
        await rename(partial, at(file))
        await synced(folder)
      } catch (error) {
        await rm(partial, { force: true }).catch(() => undefined)
        throw explained(error, folder)
      }
    },
    get: async (file) => {
      const handle = await open(at(file))
      return createReadStream("", { fd: handle })
    },
    remove: (file) => rm(at(file), { force: true }),
    unfinished: async () =>
      (await names(folder))
        .filter((name) => name.endsWith(PARTIAL))
        .map((name) => name.slice(0, -PARTIAL.length)),
    removeUnfinished: (file) => rm(at(file) + PARTIAL, { force: true }),
  }
}

async function names(folder: string): Promise<string[]> {
  const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT"
  return readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
}

/** A new name lasts only when its folder has reached the disk, too. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

function explained(error: unknown, folder: string): unknown {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return error
  const code = String(error.code)
  const instead = "set BACKUP_STORE to a place with room that can be written"
  const message = NO_ROOM.includes(code)
    ? `expected room for a backup in ${folder}, found the disk full (${code}); free some, or ${instead}`
    : `expected to write a backup in ${folder}, received: ${error.message}; ${instead}`
  return new Error(message, { cause: error })
}
