import { z } from "zod"
import { DockerError } from "./docker-call.js"
import type { SwarmPlace } from "./swarm-place.js"

/** A container that a service has or had, as docker tells of it. */
const Task = z.object({
  ID: z.string(),
  CreatedAt: z.string(),
  DesiredState: z.string(),
  Status: z.object({
    State: z.string(),
    Err: z.string().optional(),
    ContainerStatus: z.object({ ExitCode: z.number().optional() }).optional(),
  }),
  NetworksAttachments: z
    .array(
      z.object({
        Network: z.object({ Spec: z.object({ Name: z.string() }) }),
        Addresses: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
})
export type Task = z.infer<typeof Task>

/** States from which a task does not come back; swarm puts another one in its place. */
const ENDED = ["complete", "failed", "rejected", "shutdown", "orphaned", "remove"]

/** Whether nothing of a task runs any more. */
export const hasEnded = ({ Status }: Task) => ENDED.includes(Status.State)
/** Whether a task ended by itself or could not be started. */
export const hasFailed = (task: Task) => ["complete", "failed", "rejected"].includes(task.Status.State)
/** Whether swarm wants a task to be there. */
export const isWanted = ({ DesiredState }: Task) => DesiredState === "running" || DesiredState === "ready"

/** Whether nothing of a task runs and swarm only keeps it as history, neither starting nor removing anything for it. */
export const isSettled = (task: Task) => hasEnded(task) && task.DesiredState === "shutdown"

/** What a task does and why, for people. */
export const describeTask = ({ Status }: Task) => [Status.State, Status.Err].filter(Boolean).join(": ")

/** A task's address in the stack's network; undefined while it has none. */
export function taskAddress(task: Task, stack: string): string | undefined {
  const attached = task.NetworksAttachments?.find(({ Network }) => Network.Spec.Name === stack)
  return attached?.Addresses?.[0]?.split("/")[0]
}

/** The tasks of a service, newest first, those of before included; none when there is no such service. */
export async function tasksOf({ docker }: Pick<SwarmPlace, "docker">, service: string): Promise<Task[]> {
  const list = await docker(["service", "ps", "--quiet", "--no-trunc", service], { mayFail: true })
  if (list.exitCode !== 0 && !/no such service/i.test(list.stderr))
    throw new DockerError(`expected docker to list the tasks of ${service}, received: ${list.stderr.trim()}`)
  const ids = list.stdout.split("\n").filter(Boolean)
  if (ids.length === 0) return []
  // One that has gone meanwhile makes it fail, and the others are told all the same.
  const told = await docker(["inspect", "--type", "task", ...ids], { mayFail: true })
  const said = told.stderr.split("\n").filter((line) => line.trim() !== "")
  const isGone = said.length > 0 && said.every((line) => /no such|task \S+ not found/i.test(line))
  if (told.exitCode !== 0 && !isGone)
    throw new DockerError(
      `expected docker to tell of the tasks of ${service}, received: ${said.join("; ") || "nothing"}`,
    )
  const tasks = z.array(Task).parse(JSON.parse(told.stdout || "[]"))
  return tasks.sort((one, other) => other.CreatedAt.localeCompare(one.CreatedAt))
}
