import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { onTestFinished } from "vitest"
import { freePort } from "../../../host/free-port.js"

const PROGRAM = "docker-registry"

/** Who may use a registry with accounts; the password is a canary that must turn up nowhere. */
export const ACCOUNT = { user: "publisher", password: "moonlight-on-the-registry" }
/** The same for the registry: made by bcrypt, the one form that it takes. */
const HTPASSWD = `${ACCOUNT.user}:$2b$05$abcdefghijklmnopqrstuuzehwm6qa3Qm0Q8D4Ygw.aLeMnM62hky\n`

/** Why these tests are skipped here; `undefined` when they aren't. */
export const withoutRegistry = (process.env["PATH"] ?? "")
  .split(delimiter)
  .some((folder) => existsSync(join(folder, PROGRAM)))
  ? undefined
  : `${PROGRAM} is not installed (on Debian: apt-get install docker-registry)`
if (withoutRegistry) console.warn(`the registry is not tested: ${withoutRegistry}`)

/**
 * Starts a real registry, empty, on a free port of 127.0.0.1; it goes with the test.
 * @returns its address
 */
export async function startedRegistry({ accounts }: { accounts: boolean }): Promise<string> {
  const { address, remove } = await registryProcess({ accounts })
  onTestFinished(remove)
  return address
}

/** The same for more than one test. */
export async function registryProcess({ accounts }: { accounts: boolean }) {
  const folder = await mkdtemp(join(tmpdir(), "registry-"))
  const address = `127.0.0.1:${await freePort()}`
  await writeFile(join(folder, "htpasswd"), HTPASSWD)
  await writeFile(join(folder, "config.yml"), configuration(folder, address, accounts))
  const child = spawn(PROGRAM, ["serve", join(folder, "config.yml")], { stdio: "ignore" })
  const remove = async () => {
    child.kill("SIGKILL")
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
    await rm(folder, { recursive: true, force: true })
  }
  await answers(address)
  return { address, remove }
}

function configuration(folder: string, address: string, accounts: boolean): string {
  return JSON.stringify({
    version: 0.1,
    log: { level: "error" },
    storage: { filesystem: { rootdirectory: join(folder, "data") } },
    http: { addr: address },
    ...(accounts && { auth: { htpasswd: { realm: "test", path: join(folder, "htpasswd") } } }),
  })
}

async function answers(address: string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    if (await fetch(`http://${address}/v2/`).catch(() => undefined)) return
    await sleep(50)
  }
  throw new Error(`expected ${PROGRAM} to answer on ${address} within 20 s`)
}
