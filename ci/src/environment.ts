import type { Secret } from "@dagger.io/dagger"
import { filledArguments, type Facts } from "../pipeline/facts.js"
import { stageNamed } from "../pipeline/stages.js"
import { command } from "./stage.js"
import { workspace, type Sources } from "./trees.js"
import { uncached } from "./uncached.js"

/**
 * Applies the pending migrations to a database.
 * @param databaseUrl in the stage's container, `localhost` is that container
 * @returns what the migration printed
 */
export async function migrated(sources: Sources, databaseUrl: Secret): Promise<string> {
  const stage = stageNamed("migrate")
  const container = workspace(sources, "server").withSecretVariable("DATABASE_URL", databaseUrl)
  return uncached(container).withExec(command(stage)).stdout()
}

/**
 * Looks at a running platform from outside.
 * @returns what the smoke test printed
 */
export async function smoked(sources: Sources, facts: Facts, key: Secret): Promise<string> {
  const stage = stageNamed("smoke")
  const container = workspace(sources, "tree").withSecretVariable("SMOKE_API_KEY", key)
  return uncached(container)
    .withExec(command(stage, filledArguments(stage.args ?? [], facts)))
    .stdout()
}
