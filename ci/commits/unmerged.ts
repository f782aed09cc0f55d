import { execa } from "execa"

const MAIN_BRANCHES = ["origin/main", "main"]

/**
 * The commits to check, as arguments of commitlint: those since the branch left `main`; on `main` itself, and in a
 * clone too shallow to tell, the newest.
 * @returns `undefined` where there is no commit
 */
export async function unmerged(): Promise<string[] | undefined> {
  const head = await git("rev-parse", "HEAD")
  if (head === undefined) return undefined
  for (const branch of MAIN_BRANCHES) {
    const base = await git("merge-base", branch, "HEAD")
    if (base !== undefined && base !== head) return ["--from", base, "--to", "HEAD", "--verbose"]
  }
  return ["--last", "--verbose"]
}

async function git(...args: string[]): Promise<string | undefined> {
  const { stdout, failed } = await execa("git", args, { reject: false })
  return failed ? undefined : stdout
}
