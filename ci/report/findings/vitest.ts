import type { Reader } from "./finding.js"
import { ownFile, ownPlace } from "./own-file.js"

/** A file that can't be loaded is named twice, the second time in brackets. */
const FAILED = /^\s*FAIL\s+(?:\|\w+\|\s+)?(\S+)(?: > (.*)| \[ .* \])?$/
const FRAME = /^\s*❯ (?:.* )?(\S+?):(\d+):\d+$/

/** Vitest: the failed test's name and message, and the first line of its stack that is in the test's own file. */
export const vitest: Reader = (lines) =>
  lines.flatMap((line, index) => {
    const [, file, name] = FAILED.exec(line) ?? []
    if (file === undefined) return []
    const block = blockAfter(lines, index)
    const frame = block.map((other) => FRAME.exec(other)).find((match) => match?.[1] === file)
    const said = block.find((other) => other.trim() !== "") ?? "failed"
    const message = [name, concise(said)].filter(Boolean).join(": ")
    return { ...ownPlace(file, frame?.[2]), message, ...repeated(ownFile(file), name) }
  })

/** The test alone, with the database that the server's tests need. */
function repeated(file: string | undefined, name: string | undefined): { repeat?: string } {
  if (file === undefined) return {}
  const [project = ""] = file.split("/")
  const database = project === "server" ? "npm run with-postgres -- " : ""
  const pattern = name?.replaceAll(" > ", " ").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
  const only = pattern === undefined ? "" : ` -t ${quoted(pattern)}`
  return { repeat: `${database}npx vitest run --project ${project} ${file}${only}` }
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** Tests that fail in the same way share one message, below the last of their names. */
function blockAfter(lines: readonly string[], index: number): readonly string[] {
  const after = lines.slice(index + 1)
  const first = after.findIndex((line) => line.trim() !== "" && !FAILED.test(line))
  const block = after.slice(Math.max(0, first))
  const next = block.findIndex((line) => FAILED.test(line))
  return next === -1 ? block : block.slice(0, next)
}

function concise(message: string): string {
  return message
    .trim()
    .replace(/^AssertionError: /, "")
    .replace(/ \/\/ Object\.is equality$/, "")
}
