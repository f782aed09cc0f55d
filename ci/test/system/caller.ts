import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa, type Options } from "execa"
import { onTestFinished } from "vitest"

/** Who calls the pipeline in a test. */
export type Caller = "this account" | "an ordinary user"

const NOBODY = 65_534

/** The callers that can be had here: root can lend its tests an ordinary account. */
export const CALLERS: readonly Caller[] =
  process.getuid?.() === 0 ? ["this account", "an ordinary user"] : ["this account"]

/** Options that make a child process run as a caller, in a checkout that then belongs to it. */
export async function as(caller: Caller, folder: string): Promise<Options & { env: Record<string, string> }> {
  const temporary = await ownTemporary()
  const env = { TMPDIR: temporary, CI: "true" }
  if (caller === "this account") return { cwd: folder, env }
  await execa("chown", ["-R", `${NOBODY}:${NOBODY}`, folder, temporary])
  await chmod(folder, 0o755)
  return {
    cwd: folder,
    uid: NOBODY,
    gid: NOBODY,
    env: { ...env, HOME: temporary, npm_config_cache: join(temporary, "npm") },
  }
}

async function ownTemporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "caller-"))
  await chmod(folder, 0o711)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
