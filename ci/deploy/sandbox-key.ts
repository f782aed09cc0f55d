import { project } from "../pipeline/project.js"
import type { Order, Target } from "../targets/target.js"
import { DeployFailure } from "./work.js"

const NO_LINES = { line: () => undefined }

/** Where a key is made, and of which release's server. */
export interface KeyPlace {
  readonly target: Target
  readonly order: Order
  readonly say: (line: string) => void
}

/**
 * Runs an action with an API key that was made for it and can use the sandbox connector alone. The key is revoked
 * afterwards, and with it those that killed programs left.
 * @throws DeployFailure when none can be made
 */
export async function withSandboxKey<Result>(
  place: KeyPlace,
  signal: AbortSignal,
  action: (key: string) => Promise<Result>,
): Promise<Result> {
  const { target, order } = place
  const made = await target.run(order, { argv: project.commands.smokeKey, ...NO_LINES }, signal)
  if (made.exitCode !== 0)
    throw new DeployFailure(`expected a key limited to the sandbox, received: ${made.stderr}`)
  return action(made.stdout).finally(() => revoked(place, signal))
}

async function revoked({ target, order, say }: KeyPlace, signal: AbortSignal): Promise<void> {
  const { exitCode, stderr } = await target
    .run(order, { argv: project.commands.revokeSmokeKeys, ...NO_LINES }, signal)
    .catch((error: unknown) => ({ exitCode: 1, stderr: String(error) }))
  if (exitCode !== 0)
    say(`the key limited to the sandbox was not revoked: ${stderr}; the next deploy does it`)
}
