import type { Reader } from "./finding.js"
import { ownFile, ownPlace } from "./own-file.js"

/** Prettier's check: `[warn] file`, a closing line that names none, and `[error] file: … (line:column)`. */
export const prettier: Reader = (lines) =>
  lines.flatMap((line) => {
    const [, broken = "", message, at] = /^\[error\] (\S+): (.*) \((\d+):\d+\)$/.exec(line) ?? []
    if (message !== undefined) return { ...ownPlace(broken, at), message }
    const place = ownFile(/^\[warn\] (\S+)$/.exec(line)?.[1] ?? "")
    return place === undefined ? [] : { place, message: "is not formatted; npm run format does it" }
  })
