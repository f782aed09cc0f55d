import type { Reader } from "./finding.js"
import { ownPlace } from "./own-file.js"

const ERROR = /^\[([A-Z_]+)\] (.+)$/
const PLACE = /\[ (\S+?):(\d+):\d+ \]/

/** Vite's bundler: `[CODE] message`, and the place in a frame below. */
export const bundler: Reader = (lines) =>
  lines.flatMap((line, index) => {
    const [, , message] = ERROR.exec(line) ?? []
    if (message === undefined) return []
    const [, file = "", at] = PLACE.exec(lines.slice(index + 1, index + 4).join("\n")) ?? []
    return { ...ownPlace(file, at), message }
  })
