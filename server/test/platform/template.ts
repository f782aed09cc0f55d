import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { execa } from "execa"
import type { TestProject } from "vitest/node"
import { administrate, databaseUrl } from "./postgres.js"

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database that each test file copies. */
    template: string
  }
}

const server = join(import.meta.dirname, "../..")

/** Makes the template with the real migration command, and takes it away after the last test. */
export default async function setUp(project: TestProject) {
  if (!existsSync(join(server, "src/generated/prisma/client.ts")))
    throw new Error("expected the Prisma client in server/src/generated; run npm run generate")
  const template = `test_template_${randomBytes(6).toString("hex")}`
  await administrate(`CREATE DATABASE ${template}`)
  const env = { DATABASE_URL: databaseUrl(template) }
  await execa("npx", ["prisma", "migrate", "deploy"], { cwd: server, env })
  project.provide("template", template)
  return () => administrate(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
}
