import { project } from "../../pipeline/project.js"
import type { PostgresPrograms, ProgramCall } from "../target.js"
import { DockerError } from "./docker-call.js"
import { uniqueName } from "./names.js"
import { ensureNetwork } from "./network.js"
import { programArgs, splitPassword } from "./postgres-arguments.js"
import type { SwarmPlace } from "./swarm-place.js"

/** PostgreSQL's programs in containers on the node that docker is called on, in the environment's network. */
export function postgresPrograms(place: SwarmPlace): PostgresPrograms {
  const image = place.settings.POSTGRES_IMAGE ?? project.bases.postgres
  return { origin: `${image} on the target`, run: (call) => runProgram(place, image, call) }
}

async function runProgram(place: SwarmPlace, image: string, call: ProgramCall): Promise<void> {
  const { docker, stack } = place
  await ensureNetwork(place)
  const name = uniqueName(`${stack}-${call.program.replace("_", "-")}`)
  const { input, output, signal } = call
  try {
    const args = programArgs({ name, network: stack, image }, call)
    const environment = { PGPASSWORD: splitPassword(call.databaseUrl).password }
    const ended = await docker(args, {
      environment,
      signal,
      mayFail: true,
      ...(input && { input }),
      ...(output && { output }),
    })
    if (ended.exitCode !== 0) throw new DockerError(problem(call, ended.stderr))
  } finally {
    // Docker's command line may have ended before its container.
    await docker(["rm", "--force", name], { mayFail: true })
  }
}

function problem({ program }: ProgramCall, said: string): string {
  const advice = said.includes("server version mismatch")
    ? "; set POSTGRES_IMAGE to an image of the server's version"
    : ""
  return `expected ${program} to succeed, received: ${said.trim() || "nothing but a failure"}${advice}`
}
