import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { Lockfile, lockfileProblems, Manifest } from "./lockfile-problems.js"

const LOCKFILE = "package-lock.json"

/** `npm run audit:lockfile`: fails when package-lock.json does not pin what every package.json asks for. */
async function main(): Promise<number> {
  const lockfile = Lockfile.parse(await json(LOCKFILE))
  const root = Manifest.parse(await json("package.json"))
  const workspaces = (root.workspaces ?? []).map(
    async (folder) => [folder, Manifest.parse(await json(join(folder, "package.json")))] as const,
  )
  const manifests = { "": root, ...Object.fromEntries(await Promise.all(workspaces)) }
  const problems = lockfileProblems(lockfile, manifests)
  for (const problem of problems) console.log(`error: ${problem}`)
  console.log(`${Object.keys(lockfile.packages).length} entries, ${problems.length} problems in ${LOCKFILE}`)
  return problems.length > 0 ? 1 : 0
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"))
}

process.exitCode = await main()
