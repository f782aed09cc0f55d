import { rmSync } from "node:fs"
import { mkdtemp, readFile, symlink, writeFile } from "node:fs/promises"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { z } from "zod"
import type { Login } from "./login.js"

/** What docker needs of its user's configuration to find its daemon and its plugins; nothing of it is a secret. */
const Kept = z.object({
  currentContext: z.string().optional(),
  cliPluginsExtraDirs: z.array(z.string()).optional(),
})
const KEPT_FOLDERS = ["cli-plugins", "contexts", "buildx"]

/**
 * Does something with a configuration of docker's that holds the credentials of one registry, and takes it away
 * afterwards, also when the program is interrupted. The user's own configuration is not touched.
 * @param action is given the folder, for `DOCKER_CONFIG`
 */
export async function withDockerConfig<Result>(
  login: Login,
  action: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "aca-ci-docker-"))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // Without a listener a signal ends the process where it stands. One that listens has its own way to end.
  const unheard = (["SIGINT", "SIGTERM"] as const).filter((signal) => process.listenerCount(signal) === 0)
  const interrupted = () => process.exit(130)
  process.once("exit", remove)
  for (const signal of unheard) process.once(signal, interrupted)
  try {
    await fill(folder, login)
    return await action(folder)
  } finally {
    remove()
    process.off("exit", remove)
    for (const signal of unheard) process.off(signal, interrupted)
  }
}

async function fill(folder: string, login: Login): Promise<void> {
  const own = process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker")
  const config = { ...(await kept(join(own, "config.json"))), auths: auths(login) }
  await writeFile(join(folder, "config.json"), JSON.stringify(config), { mode: 0o600 })
  for (const name of KEPT_FOLDERS) await symlink(join(own, name), join(folder, name))
}

async function kept(file: string): Promise<z.infer<typeof Kept>> {
  try {
    return Kept.parse(JSON.parse(await readFile(file, "utf8")))
  } catch {
    // Nobody has to have one.
    return {}
  }
}

function auths({ address, credentials }: Login): Record<string, { auth: string }> {
  if (!credentials) return {}
  const auth = Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64")
  return { [address.credentialsKey]: { auth } }
}
