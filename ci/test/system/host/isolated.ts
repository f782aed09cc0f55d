import { execa } from "execa"
import type { Caller } from "../caller.js"

/** A command in namespaces of its own, as Linux has them: what is mounted or cut off there is so for it alone. */
export interface Isolated {
  readonly caller: Caller
  readonly namespace: "mount" | "net"
  /** Shell commands of root that make it what the test needs. */
  readonly prepare: string
  /** Shell commands that look at what is left, once the command has ended; printed on standard output. */
  readonly after?: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Makes a new network namespace one in which this machine reaches itself alone. */
export const LOOPBACK_ONLY = "ip link set lo up"

const isRoot = process.getuid?.() === 0
const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

/** Why no such namespace can be had here; `undefined` when it can. */
export async function missing(namespace: Isolated["namespace"]): Promise<string | undefined> {
  const [file, ...args] = entered(namespace)
  const needed = namespace === "net" ? LOOPBACK_ONLY : "true"
  const { failed, shortMessage } = await execa(file, [...args, "sh", "-ec", needed], { reject: false })
  return failed ? `no ${namespace} namespace can be made here: ${shortMessage}` : undefined
}

/** Runs a command as the caller, in a namespace that root has prepared; never rejects. */
export async function isolated(call: Isolated, command: readonly string[]) {
  const script = `${call.prepare}\ncode=0; "$@" || code=$?\n${call.after ?? ""}\nexit $code`
  const [file, ...args] = entered(call.namespace)
  const { cwd, env } = call
  const options = { cwd, env, reject: false, stdin: "ignore", timeout: 540_000 } as const
  return execa(file, [...args, "sh", "-ec", script, "sh", ...lent(call.caller), ...command], options)
}

/** Root just enters it; anyone else is first made root of a namespace of users. */
function entered(namespace: Isolated["namespace"]): [string, ...string[]] {
  return ["unshare", ...(isRoot ? [] : ["--map-root-user"]), `--${namespace}`]
}

/** Gives up what root had to be for. */
function lent(caller: Caller): string[] {
  if (isRoot) return caller === "an ordinary user" ? NOBODY : []
  return ["unshare", "--user", `--map-user=${process.getuid?.()}`, `--map-group=${process.getgid?.()}`]
}
