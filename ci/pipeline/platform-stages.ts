import type { Stage } from "./stage.js"

/** What has to do with a platform that runs. */
export const PLATFORM_STAGES: readonly Stage[] = [
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
