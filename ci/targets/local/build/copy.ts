import { createHash, randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { cp, mkdir, readdir, readFile, rename, rm, utimes } from "node:fs/promises"
import { dirname, join } from "node:path"
import { project } from "../../../pipeline/project.js"
import type { Places } from "../places.js"

/** What of the checkout a release needs; without the places of packages, which stay where they are. */
const PARTS: Readonly<Record<string, string>> = {
  "package.json": "package.json",
  "server/package.json": "server/package.json",
  "server/prisma.config.ts": "server/prisma.config.ts",
  "server/migrate": "server/migrate",
  "server/prisma": "server/prisma",
  [project.builds.server.output]: "server/dist",
  [project.builds.client.output]: "client",
}

/**
 * Copies a build of the checkout to the releases, under the SHA-256 over the names and contents of its files.
 * @returns that SHA-256
 */
export async function copied({ releases }: Places): Promise<string> {
  await mkdir(releases, { recursive: true })
  const beside = join(releases, `.new-${randomBytes(4).toString("hex")}`)
  try {
    for (const [from, to] of Object.entries(PARTS)) await copy(from, join(beside, to))
    const name = await digest(beside)
    await named(beside, join(releases, name))
    return name
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await cp(from, to, { recursive: true })
}

/** The name is given to what is whole. Whoever was first to give it gave it to the same. */
async function named(beside: string, folder: string): Promise<void> {
  await rename(beside, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error
  })
  const now = new Date()
  await utimes(folder, now, now)
}

async function digest(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const hash = createHash("sha256")
  for (const file of files.sort()) {
    const content = createHash("sha256").update(await readFile(file))
    hash.update(`${file.slice(folder.length)}\0${content.digest("hex")}\n`)
  }
  return hash.digest("hex")
}
