import { z } from "zod"
import type { Component } from "./component.js"
import { ReleaseFailure } from "./failure.js"

const Names = z.record(z.string(), z.string()).default({})
const Entry = z.object({
  version: z.string().default(""),
  /** Where a link leads: the folder of a workspace. */
  resolved: z.string().default(""),
  link: z.boolean().default(false),
  integrity: z.string().default(""),
  dependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
})
type Entry = z.infer<typeof Entry>

/** The parts of a package-lock.json, version 2 or 3, that say what a workspace runs with. */
export const Lockfile = z.object({ packages: z.record(z.string(), Entry) })
export type Lockfile = z.infer<typeof Lockfile>

/**
 * The npm packages that a workspace runs with: what `npm ci --workspace … --omit=dev --omit=optional` installs.
 * Not `npm sbom --omit dev`: it leaves out whatever is also somebody's development dependency (npm 11.19).
 * @throws ReleaseFailure when the lockfile lacks one
 */
export function npmPackages(lockfile: Lockfile, workspace: string): Component[] {
  const folders = new Set<string>([workspace])
  for (const folder of folders) for (const needed of neededBy(lockfile, folder)) folders.add(needed)
  folders.delete(workspace)
  return [...folders].map((folder) => component(folder, entryAt(lockfile, folder)))
}

function neededBy(lockfile: Lockfile, folder: string): string[] {
  const { dependencies, peerDependencies, peerDependenciesMeta } = entryAt(lockfile, folder)
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
  return [...Object.keys(dependencies), ...peers].map((name) => {
    const found = located(lockfile, folder, name)
    if (found !== undefined) return found
    throw new ReleaseFailure(
      `expected ${name}, which ${folder} needs, in package-lock.json; it is not there: run npm install`,
    )
  })
}

/** As Node looks for it: in the package's own `node_modules`, and upward from there. */
function located(lockfile: Lockfile, folder: string, name: string): string | undefined {
  const path = [folder, "node_modules", name].filter(Boolean).join("/")
  const entry = lockfile.packages[path]
  if (entry) return entry.link ? entry.resolved : path
  const above = folder.slice(0, Math.max(folder.lastIndexOf("/node_modules/"), 0))
  return folder === "" ? undefined : located(lockfile, above, name)
}

function entryAt({ packages }: Lockfile, folder: string): Entry {
  const entry = packages[folder]
  if (entry) return entry
  throw new ReleaseFailure(`expected ${folder} in package-lock.json; it is not there: run npm install`)
}

function component(folder: string, { version, integrity }: Entry): Component {
  const name = folder.replace(/^.*node_modules\//, "")
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`
  const sha512 = /^sha512-(\S+)/.exec(integrity)?.[1]
  const content = sha512 && Buffer.from(sha512, "base64").toString("hex")
  return { name, version, purl, ...(content && { hashes: [{ alg: "SHA-512", content }] }) }
}
