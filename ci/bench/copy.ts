import { cp } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"

/** Copies the files that git knows into a folder, so that a bench may edit them. */
export async function copyOfCheckout(folder: string): Promise<string> {
  const { stdout } = await execa("git", ["ls-files", "-z"])
  for (const file of stdout.split("\0").filter(Boolean)) await cp(file, join(folder, file))
  return folder
}

/** Makes a copy a git checkout with one commit. */
export async function commitCopy(cwd: string): Promise<void> {
  await execa("git", ["init", "--quiet"], { cwd })
  await execa("git", ["add", "--all"], { cwd })
  const author = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
  await execa("git", [...author, "commit", "--quiet", "--message", "feat: copy"], { cwd })
}
