import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { allowed } from "../../pipeline/environment.js"
import { filledEnvironment } from "../../pipeline/facts.js"
import type { StageResult } from "../../pipeline/outcome.js"
import { project } from "../../pipeline/project.js"
import type { Stage } from "../../pipeline/stage.js"
import type { RunContext } from "../run-context.js"
import { address, serveClient } from "./client.js"
import { startServer } from "./server.js"

/** Where a run keeps the API key that it made, readable by its own account alone. */
export const keyFile = (context: RunContext) => join(context.scratch.folder, "api-key")

/**
 * Starts the built server and client on the run's database and adds their addresses to the run's facts.
 * Both stay until the run ends.
 */
export async function startPlatform(
  stage: Stage,
  context: RunContext,
  line: (text: string) => void,
): Promise<Pick<StageResult, "state" | "reason">> {
  const { facts } = context
  const client = await serveClient(Number(context.ports.client), facts)
  facts.clientUrl = address(client)
  facts.serverPort = context.ports.server
  const environment = serverEnvironment(context)
  facts.smokeKey = await smokeKey(environment, context)
  const server = await startServer({ environment, timeoutSeconds: stage.timeoutSeconds, line }, context)
  facts.serverUrl = server.url
  context.platformEnded = server.ended
  line(`the client is at ${facts.clientUrl}, the server at ${facts.serverUrl}`)
  return { state: "passed", reason: "" }
}

function serverEnvironment({ facts, scratch }: RunContext): Record<string, string> {
  const environment = filledEnvironment(project.server.environment, facts)
  // Like a stage's: what is written there goes with the run, and the reaper knows the process by it.
  return { ...allowed(process.env), ...environment, TMPDIR: join(scratch.folder, "tmp") }
}

/** Makes the key of the smoke test. It goes to the run's facts and to a file, and is printed nowhere. */
async function smokeKey(environment: Record<string, string>, context: RunContext): Promise<string> {
  const [file, ...args] = project.server.smokeKey
  const made = await execa(file, args, { env: environment, extendEnv: false, reject: false })
  if (made.failed) throw new Error(`no API key could be made: ${made.stderr || made.shortMessage}`)
  context.redactor.learn(made.stdout)
  await writeFile(keyFile(context), made.stdout, { mode: 0o600 })
  return made.stdout
}
