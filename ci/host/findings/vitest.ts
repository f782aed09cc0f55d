import type { Reader } from "./finding.js"
import { ownPlace } from "./own-file.js"

const FAILED = /^\s*FAIL\s+(?:\|\w+\|\s+)?(\S+)(?: > (.*))?$/
const FRAME = /^\s*❯ (?:.* )?(\S+?):(\d+):\d+$/

/** Vitest: the failed test's name and message, and the first line of its stack that is in the test's own file. */
export const vitest: Reader = (lines) =>
  lines.flatMap((line, index) => {
    const [, file, name] = FAILED.exec(line) ?? []
    if (file === undefined) return []
    const end = lines.findIndex((other, at) => at > index && FAILED.test(other))
    const block = lines.slice(index + 1, end === -1 ? undefined : end)
    const said = block.find((other) => other.trim() !== "")?.trim() ?? "failed"
    const frame = block.map((other) => FRAME.exec(other)).find((match) => match?.[1] === file)
    return { ...ownPlace(file, frame?.[2]), message: [name, said].filter(Boolean).join(": ") }
  })
