import { execa } from "execa"

/** How long an engine has to answer, in milliseconds. */
export const PATIENCE_MS = 3_000
/** Where Dagger's command line looks for its engine, and where it keeps the one that it started itself. */
const RUNNER_HOST = "_EXPERIMENTAL_DAGGER_RUNNER_HOST"
const CONTAINERS = ["ps", "--filter", "name=^dagger-engine-", "--format", "{{.Names}}"]

/** An engine that answers, or why there is none. */
export type Engine =
  | { readonly answers: true; readonly environment: Readonly<Record<string, string>> }
  | { readonly answers: false; readonly why: string }

/** Looks for an engine that answers within `PATIENCE_MS`. Starts none, downloads none. */
export async function engine(): Promise<Engine> {
  if (!(await hasCommand())) return { answers: false, why: "there is no dagger command" }
  const environment = await runner()
  if (!environment) return { answers: false, why: "no Dagger engine runs" }
  if (await answersIn(environment)) return { answers: true, environment }
  return { answers: false, why: `the Dagger engine did not answer within ${PATIENCE_MS / 1000} s` }
}

async function hasCommand(): Promise<boolean> {
  const { failed } = await execa("dagger", ["version"], { reject: false, timeout: PATIENCE_MS })
  return !failed
}

/** Without a place to look at, Dagger's command line would start an engine of its own. */
async function runner(): Promise<Record<string, string> | undefined> {
  if (process.env[RUNNER_HOST] || process.env["DAGGER_SESSION_PORT"]) return {}
  const { stdout, failed } = await execa("docker", CONTAINERS, { reject: false, timeout: PATIENCE_MS })
  const [container] = failed ? [] : stdout.split("\n").filter(Boolean)
  return container === undefined ? undefined : { [RUNNER_HOST]: `container://${container}` }
}

async function answersIn(environment: Record<string, string>): Promise<boolean> {
  const options = { env: environment, input: "{ version }", reject: false, timeout: PATIENCE_MS } as const
  const { failed } = await execa("dagger", ["query", "--no-mod"], { ...options, forceKillAfterDelay: 500 })
  return !failed
}
