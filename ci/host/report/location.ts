import { existsSync } from "node:fs"
import { relative, resolve } from "node:path"

const FILE = String.raw`([\w@./-]+\.(?:[cm]?[jt]sx?|json|css|sql|prisma|ya?ml|md|html))`
/** `file:12:5`, of Vitest, Node and esbuild, and `file(12,5)`, of tsc. */
const WITH_LINE = new RegExp(`${FILE}(?::(\\d+)|\\((\\d+),\\d+\\))`)
/** A file alone on its line, as ESLint prints it before its findings; `[warn] file`, as Prettier does. */
const FILE_ALONE = new RegExp(`^(?:\\[warn\\] )?${FILE}$`)
/** A finding of ESLint or secretlint below its file: `  12:5  error  …`. */
const FINDING = /^\s+(\d+):\d+\s+error\b/

/**
 * The first place of the checkout that a failed stage's output names: `server/src/app.ts:12`, or the file alone.
 * @returns `undefined` when it names none
 */
export function location(output: readonly string[]): string | undefined {
  let file: string | undefined
  let alone: string | undefined
  for (const line of output) {
    const [, path, colon, bracket] = WITH_LINE.exec(line) ?? []
    const here = path && ownFile(path)
    if (here) return `${here}:${colon ?? bracket}`
    const finding = FINDING.exec(line)
    if (finding && file) return `${file}:${finding[1]}`
    file = ownFile(FILE_ALONE.exec(line.trimEnd())?.[1] ?? "") ?? file
    alone ??= file
  }
  return alone
}

/** The path from the checkout's root, for a file that is there and is the project's own. */
function ownFile(path: string): string | undefined {
  const candidates = ["", "server", "client"].map((folder) => relative(process.cwd(), resolve(folder, path)))
  return candidates.find((candidate) => path !== "" && isOwn(candidate) && existsSync(candidate))
}

const isOwn = (path: string) => !path.startsWith("..") && !path.includes("node_modules")
