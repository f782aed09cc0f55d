import { userInfo } from "node:os"

/** Who calls: of a workflow who has set it off, else the account on this machine. */
export const account = (): string => process.env["GITHUB_ACTOR"] || name()

/** In a container an account may have a number alone. */
function name(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`
  }
}
