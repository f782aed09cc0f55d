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

const COMMIT = { name: "commit-sha", value: "sha", fact: "commit" } as const
const BUILT_COMMIT = { ...COMMIT, summary: "the commit that the image carries", from: "commit" } as const
const SOURCE_OPTION = {
  name: "source-url",
  value: "url",
  summary: "where the source can be read, carried by the image",
  fact: "sourceUrl",
  from: "origin",
} as const
const PLATFORM_OPTION = {
  name: "platform",
  value: "platform",
  summary: "such as linux/arm64 (default: that of the engine)",
  fact: "platform",
} as const

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
    options: [BUILT_COMMIT, SOURCE_OPTION, PLATFORM_OPTION],
  },
  {
    name: "client-image",
    summary: "the client's image, from client/Dockerfile",
    stages: ["client-image"],
    options: [BUILT_COMMIT, SOURCE_OPTION, PLATFORM_OPTION],
  },
  {
    name: "publish",
    summary:
      "both images and the release record into a registry; with a release tag, the tag on what is there",
    stages: ["publish"],
    effect: true,
    options: [
      {
        name: "registry-address",
        value: "address",
        summary: "host[:port][/namespace]; http:// in front for a registry without TLS",
        required: true,
        fact: "registryAddress",
      },
      { name: "registry-user", value: "user", summary: "who pushes", fact: "registryUser" },
      { ...BUILT_COMMIT, summary: "the commit that is published" },
      SOURCE_OPTION,
      {
        ...PLATFORM_OPTION,
        summary: "such as linux/arm64; several are separated by commas (default: that of the engine)",
      },
      {
        name: "release-tag",
        value: "tag",
        summary: "such as v1.2.3: builds nothing, adds the tag to the digests that the commit's record has",
        fact: "releaseTag",
      },
    ],
    variables: [
      {
        name: "REGISTRY_PASSWORD",
        summary: "password or token of the user",
        required: false,
        secret: "registry-password",
      },
    ],
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
    variables: [
      {
        name: "DATABASE_URL",
        summary: "the database to migrate",
        required: true,
        secret: "database-url",
        fact: "databaseUrl",
      },
    ],
  },
  {
    name: "smoke",
    summary: "health, commit and one real user journey against a URL; may run in production",
    stages: ["smoke"],
    options: [
      {
        name: "server-url",
        value: "url",
        summary: "base URL of the server",
        required: true,
        fact: "serverUrl",
      },
      {
        name: "client-url",
        value: "url",
        summary: "base URL of the client, to look at its page too",
        fact: "clientUrl",
      },
      { ...COMMIT, summary: "the commit that must answer" },
    ],
    variables: [
      {
        name: "SMOKE_API_KEY",
        summary: "an API key limited to the sandbox connector",
        required: true,
        secret: "smoke-api-key",
        fact: "smokeKey",
      },
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
