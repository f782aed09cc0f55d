import type { Reader } from "./finding.js"
import { ownFile } from "./own-file.js"

/** Prettier's check: `[warn] file`, and a closing line that names none. */
export const prettier: Reader = (lines) =>
  lines.flatMap((line) => {
    const place = ownFile(/^\[warn\] (\S+)$/.exec(line)?.[1] ?? "")
    return place === undefined ? [] : { place, message: "is not formatted; npm run format does it" }
  })
