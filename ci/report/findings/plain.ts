import type { Reader } from "./finding.js"
import { ownPlace } from "./own-file.js"

const ERROR = /^\s*((?:[A-Z]\w*)?Error|error): (.*)$/
const PLACE = /([\w@./-]+\.(?:[cm]?[jt]sx?|json|css|sql|prisma)):(\d+)/

/** Everything else: lines that begin with `Error:` or `error:`, and the first place that the output names. */
export const plain: Reader = (lines) => {
  const places = lines.map((line) => PLACE.exec(line)).map((match) => ownPlace(match?.[1] ?? "", match?.[2]))
  const place = places.find((each) => each.place !== undefined) ?? {}
  const errors = lines.filter((line) => ERROR.test(line)).map((line) => line.trim().replace(/^error: /, ""))
  return errors.map((message, index) => (index === 0 ? { ...place, message } : { message }))
}
