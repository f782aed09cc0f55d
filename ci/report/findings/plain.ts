import { continued } from "./continued.js"
import type { Reader } from "./finding.js"
import { ownPlace } from "./own-file.js"

const ERROR = /^\s*((?:[A-Z]\w*)?Error|error): (.*)$/
const PLACE = /([\w@./-]+\.(?:[cm]?[jt]sx?|json|css|sql|prisma)):(\d+)/

/** Everything else: lines that begin with `Error:` or `error:`, and the first place that the output names. */
export const plain: Reader = (lines) => {
  const places = lines.map((line) => PLACE.exec(line)).map((match) => ownPlace(match?.[1] ?? "", match?.[2]))
  const place = places.find((each) => each.place !== undefined) ?? {}
  const errors = lines.flatMap((line, index) => (ERROR.test(line) ? [worded(lines, index)] : []))
  return errors.map((message, index) => (index === 0 ? { ...place, message } : { message }))
}

/** A message that ends with a colon goes on below. */
function worded(lines: readonly string[], index: number): string {
  const message = (lines[index] ?? "").trim().replace(/^error: /, "")
  return message.endsWith(":") ? [message, continued(lines, index).join("; ")].join(" ") : message
}
