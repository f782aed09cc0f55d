import { project } from "./project.js"
import type { Part, Stage } from "./stage.js"

/** What the docker command line reads of the caller's environment. */
const DOCKER = ["DOCKER_*"]

/** Every stage there is. Where several could start, the one that stands first does: the slow ones stand first. */
export const STAGES: readonly Stage[] = [
  {
    name: "generate",
    summary: "the database client, from the Prisma schema",
    runs: { script: "generate" },
    reads: "server",
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
    parts: [
      testsOf("server", { reads: "server" }),
      testsOf("client", { reads: "client", database: "none" }),
      testsOf("ci", { database: "none" }),
    ],
    timeoutSeconds: 900,
    repeat: "npm run ci -- test",
  },
  {
    name: "build",
    summary: "the server and the client, ready to run",
    runs: { script: "build" },
    inputs: ["VITE_API_BASE_URL"],
    needs: ["generate"],
    parts: [buildOf("server"), buildOf("client")],
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
    reads: "history",
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
    reads: "history",
    timeoutSeconds: 180,
    repeat: "npm run audit:secrets",
  },
  image("server"),
  image("client"),
  {
    name: "publish",
    summary: "both images and the release record, in a registry",
    runs: { script: "publish:images" },
    args: [
      "--registry-address={registryAddress}",
      "--registry-user={registryUser}",
      "--commit-sha={commit}",
      "--source-url={sourceUrl}",
      "--platform={platform}",
      "--release-tag={releaseTag}",
      "--result={resultFile}",
    ],
    inputs: ["REGISTRY_PASSWORD", ...DOCKER],
    timeoutSeconds: 1800,
    repeat: "npm run ci -- publish",
  },
  {
    name: "report",
    summary: "what the newest run found wrong",
    runs: { script: "report" },
    timeoutSeconds: 60,
    repeat: "npm run report",
  },
  {
    name: "migrate",
    summary: "pending Prisma migrations, applied",
    runs: { script: "migrate" },
    environment: { DATABASE_URL: "{databaseUrl}" },
    inputs: ["MIGRATE_LOCK_TIMEOUT_MS"],
    database: "platform",
    reads: "server",
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
    args: ["--server-url={serverUrl}", "--client-url={clientUrl}", "--commit-sha={commit}"],
    environment: { SMOKE_API_KEY: "{smokeKey}" },
    needs: ["start"],
    timeoutSeconds: 120,
    repeat: "npm run ci",
  },
]

/** @throws when there is none of that name */
export function stageNamed(name: string): Stage {
  const stage = STAGES.find((each) => each.name === name)
  if (!stage) throw new Error(`expected a stage, received ${name}`)
  return stage
}

/** The stage that is one part of another. */
export function partOf(stage: Stage, { name, script, ...own }: Part): Stage {
  return { ...stage, ...own, parts: [], name: `${stage.name}-${name}`, runs: { script } }
}

function testsOf(name: keyof typeof project.tests, own: Pick<Part, "reads" | "database">): Part {
  return { name, script: project.tests[name], repeat: `npm run ci -- test --only ${name}`, ...own }
}

function buildOf(name: keyof typeof project.builds): Part {
  const { script } = project.builds[name]
  return { name, script, repeat: `npm run ${script}`, reads: name }
}

function image(name: keyof typeof project.images): Stage {
  return {
    name: `${name}-image`,
    summary: `the image ${project.images[name].name}`,
    runs: { script: `image:${name}` },
    args: ["--commit-sha={commit}", "--source-url={sourceUrl}", "--platform={platform}"],
    inputs: DOCKER,
    reads: name,
    timeoutSeconds: 900,
    repeat: `npm run ci -- ${name}-image`,
  }
}
