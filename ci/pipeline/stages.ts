import { project } from "./project.js"

/** A stage: one npm script, and what an executor has to put around it. */
export interface Stage {
  readonly name: string
  /** What it finds out or makes, for `list` and `--help`. */
  readonly summary: string
  /** What runs: an npm script of the root, or the platform, which is started and stays until the run ends. */
  readonly runs: { readonly script: string } | "platform"
  /** Arguments after the script's own; see `facts.ts` for what stands in braces. */
  readonly args?: readonly string[]
  /** Environment variables; see `facts.ts` for what stands in braces. */
  readonly environment?: Readonly<Record<string, string>>
  /** Variables of the caller that this stage may see beside those of `environment.ts`. */
  readonly inputs?: readonly string[]
  /** Stages that must have passed before, when they are part of the same function. */
  readonly needs?: readonly string[]
  /** The database that an executor has to have ready: one to make test databases in, or the platform's own. */
  readonly database?: "tests" | "platform"
  /** After this many seconds it is ended and has failed. */
  readonly timeoutSeconds: number
  /** The command that repeats it alone. */
  readonly repeat: string
}

/** Every stage there is. Where several could start, the one that stands first does: the slow ones stand first. */
export const STAGES: readonly Stage[] = [
  {
    name: "generate",
    summary: "the database client, from the Prisma schema",
    runs: { script: "generate" },
    timeoutSeconds: 120,
    repeat: "npm run generate",
  },
  {
    name: "test",
    summary: "unit, API and component tests, on a real PostgreSQL",
    runs: { script: "test:app" },
    environment: { DATABASE_URL: "{testDatabaseUrl}" },
    needs: ["generate"],
    database: "tests",
    timeoutSeconds: 900,
    repeat: "npm run ci -- test",
  },
  {
    name: "build",
    summary: "the server and the client, ready to run",
    runs: { script: "build" },
    inputs: ["VITE_API_BASE_URL"],
    needs: ["generate"],
    timeoutSeconds: 300,
    repeat: "npm run ci -- build",
  },
  {
    name: "lint",
    summary: "ESLint",
    runs: { script: "lint" },
    needs: ["generate"],
    timeoutSeconds: 300,
    repeat: "npm run ci -- lint",
  },
  {
    name: "typecheck",
    summary: "TypeScript over server, client and ci",
    runs: { script: "typecheck" },
    needs: ["generate"],
    timeoutSeconds: 300,
    repeat: "npm run ci -- typecheck",
  },
  {
    name: "format",
    summary: "Prettier finds nothing to change (npm run format changes it)",
    runs: { script: "format:check" },
    timeoutSeconds: 120,
    repeat: "npm run ci -- format",
  },
  {
    name: "commits",
    summary: "commit messages follow Conventional Commits",
    runs: { script: "lint:commits" },
    timeoutSeconds: 60,
    repeat: "npm run lint:commits",
  },
  {
    name: "audit-dependencies",
    summary: "no known vulnerability at or above high",
    runs: { script: "audit:dependencies" },
    timeoutSeconds: 120,
    repeat: "npm run audit:dependencies",
  },
  {
    name: "audit-lockfile",
    summary: "the lockfile is in sync, complete and from a registry",
    runs: { script: "audit:lockfile" },
    timeoutSeconds: 60,
    repeat: "npm run audit:lockfile",
  },
  {
    name: "audit-secrets",
    summary: "no secret in the tree",
    runs: { script: "audit:secrets" },
    timeoutSeconds: 180,
    repeat: "npm run audit:secrets",
  },
  {
    name: "migrate",
    summary: "pending Prisma migrations, applied",
    runs: { script: "migrate" },
    environment: { DATABASE_URL: "{databaseUrl}" },
    inputs: ["MIGRATE_LOCK_TIMEOUT_MS"],
    database: "platform",
    timeoutSeconds: 900,
    repeat: "npm run ci -- up",
  },
  {
    name: "start",
    summary: "the built server and client, started and ready",
    runs: "platform",
    needs: ["build", "migrate"],
    database: "platform",
    timeoutSeconds: 60,
    repeat: "npm run ci -- up",
  },
  {
    name: "smoke",
    summary: "health, commit and one real user journey against a URL",
    runs: { script: "smoke" },
    args: ["--url={serverUrl}", "--client-url={clientUrl}", "--commit={commit}"],
    environment: { SMOKE_API_KEY: "{smokeKey}" },
    needs: ["start"],
    timeoutSeconds: 120,
    repeat: "npm run ci",
  },
]

/** The stage that runs the tests of one package alone. */
export function testsOf(name: keyof typeof project.tests, test: Stage): Stage {
  return { ...test, runs: { script: project.tests[name] }, repeat: `${test.repeat} --only ${name}` }
}
