import type { PipelineFunction } from "./function.js"
import { project } from "./project.js"

const CHECKS = [
  ...["generate", "lint", "commits", "format", "typecheck", "test", "build"],
  ...["audit-dependencies", "audit-lockfile", "audit-secrets"],
]
const PLATFORM = ["generate", "build", "migrate", "start"]

const TEST_DATABASE = {
  name: "TEST_DATABASE_URL",
  summary: "a PostgreSQL to make test databases in (default: a throwaway one)",
  required: false,
}

/** Called when no function is named: the main job. */
export const MAIN = "main"

/** Every function there is, in the order in which they are listed. */
export const FUNCTIONS: readonly PipelineFunction[] = [
  {
    name: MAIN,
    summary: "every check, then the built platform migrated, started, smoke-tested and taken away",
    stages: [...new Set([...CHECKS, ...PLATFORM, "smoke"])],
    variables: [TEST_DATABASE],
    hostOnly: true,
  },
  {
    name: "check",
    summary: "lint, format, typecheck, test, build and audit, at once where they can be",
    stages: CHECKS,
    variables: [TEST_DATABASE],
  },
  {
    name: "lint",
    summary: "ESLint, and the commit messages",
    stages: ["generate", "lint", "commits"],
  },
  { name: "format", summary: "Prettier finds nothing to change", stages: ["format"] },
  {
    name: "typecheck",
    summary: "TypeScript over server, client and ci",
    stages: ["generate", "typecheck"],
  },
  {
    name: "test",
    summary: "unit, API and component tests, on a real PostgreSQL",
    stages: ["generate", "test"],
    options: [
      {
        name: "only",
        value: "package",
        summary: "test one package alone",
        values: Object.keys(project.tests),
      },
    ],
    variables: [TEST_DATABASE],
  },
  {
    name: "build",
    summary: "the server into server/dist and the client into client/dist",
    stages: ["generate", "build"],
  },
  {
    name: "audit",
    summary: "known vulnerabilities, the lockfile, secrets in the tree",
    stages: ["audit-dependencies", "audit-lockfile", "audit-secrets"],
  },
  {
    name: "migrate",
    summary: "pending Prisma migrations, applied to a database",
    stages: ["migrate"],
    variables: [{ name: "DATABASE_URL", summary: "the database to migrate", required: true }],
  },
  {
    name: "smoke",
    summary: "health, commit and one real user journey against a URL; may run in production",
    stages: ["smoke"],
    options: [
      { name: "url", value: "url", summary: "base URL of the server", required: true },
      { name: "client-url", value: "url", summary: "base URL of the client, to look at its page too" },
      { name: "commit", value: "sha", summary: "the commit that must answer" },
    ],
    variables: [
      { name: "SMOKE_API_KEY", summary: "an API key limited to the sandbox connector", required: true },
    ],
  },
  {
    name: "up",
    summary: "the built platform on this machine, until Ctrl-C or down",
    stages: PLATFORM,
    options: [
      {
        name: "port",
        value: "port",
        summary: "of the client; 0 for any free one",
        default: project.client.defaultPort,
      },
      {
        name: "server-port",
        value: "port",
        summary: "of the server; 0 for any free one",
        default: project.server.defaultPort,
      },
    ],
    hostOnly: true,
  },
  { name: "down", summary: "ends what up started", stages: [], hostOnly: true },
]
