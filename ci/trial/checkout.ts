import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { execa } from "execa"

/** A copy of this checkout that a test may break. */
export interface Checkout {
  /** Absolute path. */
  readonly folder: string
  /** Runs git in it. */
  readonly git: (...args: string[]) => Promise<string>
  readonly remove: () => Promise<void>
}

const AUTHOR = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
const CACHES = new Set([".cache", ".vite", ".vite-temp"])

/**
 * Copies what git knows or would add into a temporary folder, with one commit and with this checkout's `node_modules`.
 */
export async function checkout(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), "checkout-"))
  // As a checkout usually is: PostgreSQL, which root lends another account, reaches its files in it.
  await chmod(folder, 0o755)
  const { stdout } = await execa("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
  const files = stdout.split("\0").filter(Boolean)
  await Promise.all(files.map((file) => cp(file, join(folder, file))))
  await linkModules(join(folder, "node_modules"))
  const git = async (...args: string[]) => (await execa("git", [...AUTHOR, ...args], { cwd: folder })).stdout
  await git("init", "--quiet", "--initial-branch=main")
  await commitAll(git, "feat: start")
  return { folder, git, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A folder of links rather than one link: tools keep their caches in it, whoever runs them. */
async function linkModules(folder: string): Promise<void> {
  await mkdir(folder)
  const names = (await readdir("node_modules")).filter((name) => !CACHES.has(name))
  await Promise.all(names.map((name) => symlink(resolve("node_modules", name), join(folder, name))))
}

/** Commits everything that git would. */
export async function commitAll(git: Checkout["git"], message: string): Promise<void> {
  await git("add", "--all")
  await git("commit", "--quiet", "--no-verify", "--message", message)
}
