import type { Reader } from "./finding.js"
import { ownPlace } from "./own-file.js"

const ERROR = /^(\S+)\((\d+),\d+\): (error TS\d+: .*)$/

/** tsc: `file(line,column): error TS…`. */
export const compiler: Reader = (lines) =>
  lines.flatMap((line) => {
    const [, file, at, message] = ERROR.exec(line) ?? []
    return file !== undefined && message !== undefined ? { ...ownPlace(file, at), message } : []
  })
