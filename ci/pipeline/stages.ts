import { project } from "./project.js"
import type { Stage } from "./stage.js"

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
