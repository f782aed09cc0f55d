import { DEPLOY_FUNCTIONS } from "./deploy-functions.js"
import type { PipelineFunction } from "./function.js"
import { IMAGE_OPTIONS, ONLY, PUBLISH_OPTIONS, SMOKE_OPTIONS, UP_OPTIONS } from "./options.js"
import { DATABASE_URL, REGISTRY_PASSWORD, SMOKE_API_KEY, TEST_DATABASE_URL } from "./variables.js"

const CHECKS = [
  ...["generate", "lint", "commits", "format", "typecheck", "test", "build"],
  ...["audit-dependencies", "audit-lockfile", "audit-secrets"],
]
const PLATFORM = ["generate", "build", "migrate", "start"]

/** Called when no function is named: the main job. */
export const MAIN = "main"

/** Every function there is, in the order in which they are listed. */
export const FUNCTIONS: readonly PipelineFunction[] = [
  {
    name: MAIN,
    summary: "every check, then the built platform migrated, started, smoke-tested and taken away",
    stages: [...new Set([...CHECKS, ...PLATFORM, "smoke"])],
    variables: [TEST_DATABASE_URL],
    hostOnly: true,
  },
  {
    name: "check",
    summary: "lint, format, typecheck, test, build and audit, at once where they can be",
    stages: CHECKS,
    variables: [TEST_DATABASE_URL],
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
    options: [ONLY],
    variables: [TEST_DATABASE_URL],
  },
  {
    name: "build",
    summary: "the server into server/dist and the client into client/dist",
    stages: ["generate", "build"],
    fills: ".",
  },
  {
    name: "audit",
    summary: "known vulnerabilities, the lockfile, secrets in the tree",
    stages: ["audit-dependencies", "audit-lockfile", "audit-secrets"],
  },
  {
    name: "server-image",
    summary: "the server's image, from server/Dockerfile",
    stages: ["server-image"],
    options: IMAGE_OPTIONS,
  },
  {
    name: "client-image",
    summary: "the client's image, from client/Dockerfile",
    stages: ["client-image"],
    options: IMAGE_OPTIONS,
  },
  {
    name: "publish",
    summary:
      "both images and the release record into a registry; with a release tag, the tag on what is there",
    stages: ["publish"],
    effect: true,
    printsResult: true,
    options: PUBLISH_OPTIONS,
    variables: [REGISTRY_PASSWORD],
  },
  {
    name: "report",
    summary: "what the newest run found wrong: summary, annotations, JUnit and logs, in .runs/report",
    stages: ["report"],
    fills: ".runs/report",
  },
  {
    name: "migrate",
    summary: "pending Prisma migrations, applied to a database",
    stages: ["migrate"],
    effect: true,
    variables: [DATABASE_URL],
  },
  {
    name: "smoke",
    summary: "health, commit and one real user journey against a URL; may run in production",
    stages: ["smoke"],
    options: SMOKE_OPTIONS,
    variables: [SMOKE_API_KEY],
  },
  ...DEPLOY_FUNCTIONS,
  {
    name: "up",
    summary: "the built platform on this machine, until Ctrl-C or down",
    stages: PLATFORM,
    options: UP_OPTIONS,
    hostOnly: true,
  },
  {
    name: "down",
    summary: "ends what up and a deploy to local started; the data stays",
    stages: [],
    hostOnly: true,
  },
]
