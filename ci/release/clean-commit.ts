import { execa } from "execa"
import { ReleaseFailure } from "./failure.js"

/**
 * An image is known by its commit, so a commit with changes on top is not published. Outside a git checkout there is
 * nothing to compare with.
 * @param head the commit that is checked out
 * @throws ReleaseFailure when that is the commit, and its working tree has changes
 */
export async function expectNoChanges(commit: string, head: string | undefined): Promise<void> {
  if (head !== commit) return
  const { stdout } = await execa("git", ["status", "--porcelain"])
  if (stdout === "") return
  const [first = "", ...others] = stdout.split("\n")
  const found = `"${first.trim()}"${others.length > 0 ? ` and ${others.length} more` : ""}`
  throw new ReleaseFailure(
    `expected a working tree without changes, found ${found}; commit or remove them: an image is known by its commit`,
  )
}

/**
 * What is built has to be the commit that it is named by.
 * @throws ReleaseFailure when another one is checked out
 */
export function expectCheckedOut(commit: string, head: string | undefined): void {
  if (head === undefined || head === commit) return
  throw new ReleaseFailure(`expected ${commit} to be checked out, found ${head}; git checkout ${commit}`)
}
