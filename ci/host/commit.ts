import { execa } from "execa"

/** The commit that is checked out, 40 hexadecimal digits; `undefined` where there is no git or no commit. */
export async function checkedOutCommit(): Promise<string | undefined> {
  const { stdout, failed } = await execa("git", ["rev-parse", "HEAD"], { reject: false })
  return failed ? undefined : stdout
}
