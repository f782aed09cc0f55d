import { userInfo } from "node:os"

/** Who calls: of a workflow who has set it off, else the account on this machine. */
export const account = (): string => process.env["GITHUB_ACTOR"] ?? userInfo().username
