import { fileURLToPath } from "node:url"
import { PrismaPg } from "@prisma/adapter-pg"
import { config as loadEnvironment } from "dotenv"
import { defineConfig } from "prisma/config"
import { MigrationAdapter } from "./migrate/adapter.js"
import { isMigrate, usesDatabase } from "./migrate/command.js"
import { releaseEngineTimer } from "./migrate/engine-timer.js"
import { resolveCommand } from "./migrate/resolve-command.js"
import { databaseUrl, lockTimeout } from "./migrate/settings.js"

// The same file that the server reads.
const environmentFile =
  process.env["DOTENV_CONFIG_PATH"] ?? fileURLToPath(new URL("../.env", import.meta.url))
loadEnvironment({ path: environmentFile, quiet: true })

// No question to Prisma's servers for a newer version.
process.env["CHECKPOINT_DISABLE"] = "1"
// A mistake in schema.prisma makes Prisma download an engine before it names the mistake. Any file that exists spares that; it is never loaded.
process.env["PRISMA_QUERY_ENGINE_LIBRARY"] = fileURLToPath(import.meta.url)

const lock = () => ({
  timeoutMs: lockTimeout(process.env),
  say: (line: string) => {
    console.error(line)
  },
})

if (isMigrate(process.argv, "resolve")) process.exit(await resolveCommand(process.argv, lock()))
releaseEngineTimer()

let adapter: Promise<PrismaPg> | undefined

/** Prisma asks twice for the adapter of one command. */
function sharedAdapter(): Promise<PrismaPg> {
  adapter ??= openAdapter()
  return adapter
}

async function openAdapter(): Promise<PrismaPg> {
  if (!usesDatabase(process.argv)) return new PrismaPg({})
  const deploys = isMigrate(process.argv, "deploy")
  return new MigrationAdapter(databaseUrl(process.env), deploys ? lock() : undefined).begin()
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  experimental: { adapter: true },
  engine: "js",
  adapter: sharedAdapter,
})
