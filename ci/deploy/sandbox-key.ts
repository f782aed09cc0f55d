import { deadline } from "../deadline.js"
import { project } from "../pipeline/project.js"
import type { Order, Target } from "../targets/target.js"
import { DeployFailure } from "./work.js"

/** Also when what needed the key was interrupted. */
export const REVOKED_WITHIN_MS = 30_000
const NO_LINES = { line: () => undefined }

/** Where a key is made, and of which release's server. */
export interface KeyPlace {
  readonly target: Target
  readonly order: Order
  readonly say: (line: string) => void
}

/**
 * An API key that can use the sandbox connector alone. Whoever makes it revokes it.
 * @throws DeployFailure when none can be made
 */
export async function madeSandboxKey({ target, order }: KeyPlace, signal: AbortSignal): Promise<string> {
  const made = await target.run(order, { argv: project.commands.smokeKey, ...NO_LINES }, signal)
  if (made.exitCode === 0) return made.stdout
  throw new DeployFailure(`expected a key limited to the sandbox, received: ${made.stderr}`)
}

/** Revokes every key that was made so, those that killed programs left included. Says so when it can't. */
export async function revokeSandboxKeys(
  { target, order, say }: KeyPlace,
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stderr } = await target
    .run(order, { argv: project.commands.revokeSmokeKeys, ...NO_LINES }, signal)
    .catch((error: unknown) => ({ exitCode: 1, stderr: String(error) }))
  if (exitCode !== 0)
    say(`the key limited to the sandbox was not revoked: ${stderr}; the next deploy does it`)
}

/** Runs an action with a key that was made for it. */
export async function withSandboxKey<Result>(
  place: KeyPlace,
  signal: AbortSignal,
  action: (key: string) => Promise<Result>,
): Promise<Result> {
  const key = await madeSandboxKey(place, signal)
  return action(key).finally(() => revokeSandboxKeys(place, deadline(REVOKED_WITHIN_MS)))
}
