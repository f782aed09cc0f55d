import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { freePort } from "../../host/free-port.js"
import type { Scratch } from "../../host/reaper/scratch.js"

/** A kamal-proxy that runs, for comparison. */
export interface KamalProxy {
  readonly url: string
  /** Leads to a server on a port of 127.0.0.1, as its own command does. */
  readonly deploy: (port: number) => Promise<void>
}

const PROGRAM = "kamal-proxy"
const DEADLINE_MS = 10_000

/** What a table says in place of the figures. */
export const NO_KAMAL_PROXY = "skipped: no kamal-proxy on PATH"

/**
 * Starts the kamal-proxy on PATH with nothing configured but where it listens.
 * @returns undefined when there is none
 * @throws when it does not answer
 */
export async function kamalProxy(own: Scratch): Promise<KamalProxy | undefined> {
  if ((await execa(PROGRAM, ["--help"], { reject: false })).failed) return undefined
  const port = await freePort()
  const env = { HOME: own.folder, KAMAL_PROXY_SOCKET: join(own.folder, "kamal-proxy.sock") }
  const ports = [`--http-port=${port}`, `--https-port=${await freePort()}`]
  const proxy = execa(PROGRAM, ["run", ...ports], { env, stdio: "ignore", detached: true, reject: false })
  if (proxy.pid !== undefined) own.started(proxy.pid)
  for (const deadline = Date.now() + DEADLINE_MS; ;) {
    if (!(await execa(PROGRAM, ["list"], { env, reject: false })).failed) break
    if (Date.now() > deadline) throw new Error(`expected ${PROGRAM} to answer within ${DEADLINE_MS} ms`)
    await sleep(50)
  }
  const deploy = async (target: number) => {
    const health = "--health-check-path=/healthz"
    await execa(PROGRAM, ["deploy", "bench", `--target=127.0.0.1:${target}`, health], { env })
  }
  return { url: `http://127.0.0.1:${port}`, deploy }
}
