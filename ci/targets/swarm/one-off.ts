import { setTimeout as sleep } from "node:timers/promises"
import type { OneOff, OneOffEnding, Order } from "../target.js"
import { removeContainers } from "./containers.js"
import { LOOK_INTERVAL_MS } from "./docker-call.js"
import { LABEL, labelArgs } from "./labels.js"
import { uniqueName } from "./names.js"
import { ensureNetwork } from "./network.js"
import { pulling } from "./registry-login.js"
import { HARDENED, imagesOf, onNetwork, stackLabels, withSettings } from "./service-arguments.js"
import { serviceLabels, servicesWith } from "./services.js"
import { createSettings, removeSettings } from "./settings-secret.js"
import type { SwarmPlace } from "./swarm-place.js"
import { describeTask, hasEnded, tasksOf, type Task } from "./tasks.js"

const ONCE = { [LABEL.once]: "true" }

/** Runs a command of a release's server as a service that ends. What an earlier deploy left of one is removed first. */
export async function runOnce(
  place: SwarmPlace,
  { order, command }: { readonly order: Order; readonly command: OneOff },
  signal: AbortSignal,
): Promise<OneOffEnding> {
  const { reference } = imagesOf(order.release).server
  await removeOneOffs(place)
  await ensureNetwork(place)
  try {
    const secret = await createSettings(place, order, ONCE)
    const name = uniqueName(`${place.stack}-once`)
    const args = oneOffArgs(place, { name, secret, command })
    await pulling(place, [...args, reference, ...command.argv], { reference, signal })
    return await ended(place, { name, command }, signal)
  } finally {
    // Does not hide how it ended; what it leaves, the next one removes.
    await removeOneOffs(place).catch(() => undefined)
  }
}

interface Named {
  readonly name: string
  readonly command: OneOff
}

function oneOffArgs(
  { stack, node, settings }: SwarmPlace,
  { name, secret, command }: Named & { readonly secret: string },
): string[] {
  return [
    ...["service", "create", "--detach", "--quiet", "--name", name],
    ...["--mode", "replicated-job", "--restart-condition", "none", "--no-healthcheck"],
    ...labelArgs({ ...stackLabels(stack, settings.environment), ...ONCE }),
    ...["--container-label", `${LABEL.stack}=${stack}`, "--container-label", `${LABEL.once}=true`],
    ...onNetwork(stack),
    // Here its container can be removed afterwards.
    ...["--constraint", `node.id==${node}`],
    ...HARDENED,
    ...withSettings(secret),
    ...Object.entries(command.variables ?? {}).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
  ]
}

async function ended(place: SwarmPlace, { name, command }: Named, signal: AbortSignal) {
  const task = await lastState(place, name, signal)
  const exitCode = task.Status.ContainerStatus?.ExitCode
  if (task.Status.State === "rejected" || exitCode === undefined)
    throw new Error(`expected ${command.argv.join(" ")} to be started, received ${describeTask(task)}`)
  const { stdout, stderr } = await place.docker(["service", "logs", "--raw", name])
  for (const text of [...stdout.split("\n"), ...stderr.split("\n")]) if (text) command.line(text)
  return { exitCode, stdout, stderr }
}

async function lastState(place: SwarmPlace, name: string, signal: AbortSignal): Promise<Task> {
  for (;;) {
    signal.throwIfAborted()
    const [task] = await tasksOf(place, name)
    if (task && hasEnded(task)) return task
    if (!task && (await serviceLabels(place, name)) === undefined)
      throw new Error(`expected ${name} to run to its end, but somebody has removed it`)
    await sleep(LOOK_INTERVAL_MS)
  }
}

/** Removes what is left of commands that were run once; also ends one that still runs. */
export async function removeOneOffs(place: SwarmPlace): Promise<void> {
  const names = await servicesWith(place, ONCE)
  if (names.length > 0) await place.docker(["service", "rm", ...names], { mayFail: true })
  await removeContainers(place, { [LABEL.stack]: place.stack, ...ONCE })
  await removeSettings(place, ONCE)
}
