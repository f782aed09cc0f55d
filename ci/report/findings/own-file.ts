import { statSync } from "node:fs"
import { relative, resolve } from "node:path"

/** Tools that run in a workspace name files from there. */
const FOLDERS = ["", "server", "client", "ci"]

/** A path as a tool printed it, from the checkout's root; `undefined` unless it is a file of the project's own. */
export function ownFile(path: string): string | undefined {
  const candidates = FOLDERS.map((folder) => relative(process.cwd(), resolve(folder, path)))
  return candidates.find((candidate) => isOwn(candidate) && isFile(candidate))
}

/** `file:line` for a file of the project's own. */
export function ownPlace(path: string, line: string | undefined): { place?: string } {
  const file = ownFile(path)
  if (file === undefined) return {}
  return { place: line === undefined ? file : `${file}:${line}` }
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true
const isOwn = (path: string) => !path.startsWith("..") && !path.includes("node_modules")
