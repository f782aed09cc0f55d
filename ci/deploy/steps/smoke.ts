import { execa } from "execa"
import { revision } from "../../release/deployable.js"
import { withSandboxKey } from "../sandbox-key.js"
import { DeployFailure, type Work } from "../work.js"

/**
 * Looks at the environment as a user does, at its public address. When it passes, the switch is kept.
 * @throws DeployFailure
 */
export async function smoke(work: Work, signal: AbortSignal): Promise<string> {
  await withSandboxKey(work, signal, (key) => looked(work, key, signal))
  await work.switched?.confirm()
  delete work.switched
  work.isProven = true
  return `a user's journey at ${work.target.publicUrl}`
}

async function looked({ target, order, say }: Work, key: string, signal: AbortSignal): Promise<void> {
  const url = target.publicUrl
  const flags = [`--server-url=${url}`, `--client-url=${url}`, `--commit-sha=${revision(order.release)}`]
  const ended = await execa("npm", ["run", "--silent", "smoke", "--", ...flags], {
    env: { SMOKE_API_KEY: key },
    all: true,
    reject: false,
    cancelSignal: signal,
    stdin: "ignore",
  })
  const lines = ended.all.split("\n").filter(Boolean)
  if (ended.failed) throw new DeployFailure(lines.at(-1)?.replace(/^error: /, "") ?? ended.shortMessage)
  lines.forEach(say)
}
