import { z } from "zod"

const Dependencies = z.record(z.string(), z.string()).optional()
const Declared = {
  dependencies: Dependencies,
  devDependencies: Dependencies,
  optionalDependencies: Dependencies,
  peerDependencies: Dependencies,
}

/** The parts of a package.json that a lockfile has to agree with. */
export const Manifest = z.object({
  name: z.string().optional(),
  workspaces: z.array(z.string()).optional(),
  ...Declared,
})
export type Manifest = z.infer<typeof Manifest>

/** The parts of a package-lock.json, version 2 or 3, that the check reads. */
export const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      ...Declared,
    }),
  ),
})
export type Lockfile = z.infer<typeof Lockfile>

/**
 * What is wrong with a lockfile: out of sync with a package.json, an entry without integrity, a dependency that comes
 * from git or over http instead of a registry.
 * @param manifests by folder; "" is the root
 * @returns a line each, empty when all is well
 */
export function lockfileProblems(
  lockfile: Lockfile,
  manifests: Readonly<Record<string, Manifest>>,
): string[] {
  const folders = Object.entries(manifests).flatMap(([folder, manifest]) =>
    outOfSync(folder, manifest, lockfile),
  )
  const entries = Object.entries(lockfile.packages).flatMap(([path, entry]) => entryProblems(path, entry))
  return [...folders, ...entries]
}

const KINDS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"] as const

function outOfSync(folder: string, manifest: Manifest, { packages }: Lockfile): string[] {
  const where = `${folder ? `${folder}/` : ""}package.json`
  const locked = packages[folder]
  if (!locked) return [`${where} has no entry in package-lock.json; run npm install`]
  return KINDS.flatMap((kind) => {
    const wanted = manifest[kind] ?? {}
    const has = locked[kind] ?? {}
    const names = [...new Set([...Object.keys(wanted), ...Object.keys(has)])].filter(
      (name) => wanted[name] !== has[name],
    )
    return names.map(
      (name) =>
        `${where} and package-lock.json disagree on ${name}: ${wanted[name] ?? "nothing"} and ${has[name] ?? "nothing"}; run npm install`,
    )
  })
}

function entryProblems(path: string, entry: Lockfile["packages"][string]): string[] {
  // Workspaces and their links are this repository itself; a bundled package is covered by its bundle's integrity.
  if (!path.includes("node_modules/") || entry.link || entry.inBundle) return []
  const resolved = entry.resolved ?? ""
  const foreign = /^(git|http:|file:)/.test(resolved) || /^(git|http:)/.test(entry.version ?? "")
  return [
    ...(foreign ? [`${path} comes from ${resolved || entry.version}; expected a registry over https`] : []),
    ...(entry.integrity ? [] : [`${path} has no integrity; remove it and run npm install`]),
  ]
}
