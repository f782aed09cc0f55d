import { z } from "zod"
import { filterArgs, LABEL } from "./labels.js"
import type { SwarmPlace } from "./swarm-place.js"

const Labels = z.record(z.string(), z.string())

/** A service's labels; undefined when there is no such service. */
export async function serviceLabels({ docker }: SwarmPlace, name: string) {
  const format = ["--format", "{{json .Spec.Labels}}"]
  const found = await docker(["service", "inspect", ...format, name], { mayFail: true })
  if (found.exitCode === 0) return Labels.parse(JSON.parse(found.stdout))
  if (/no such service/i.test(found.stderr)) return undefined
  throw new Error(`expected docker to inspect the service ${name}, received: ${found.stderr.trim()}`)
}

/** The names of an environment's services that have these labels. */
export async function servicesWith(
  { docker, stack }: SwarmPlace,
  labels: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const filters = filterArgs({ [LABEL.stack]: stack, ...labels })
  const { stdout } = await docker(["service", "ls", "--format", "{{.Name}}", ...filters])
  return stdout.split("\n").filter(Boolean)
}
