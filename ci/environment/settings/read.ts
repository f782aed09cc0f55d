import { parse } from "dotenv"
import { z } from "zod"
import { SettingsError as PlatformSettingsError } from "../../../server/src/settings/read.js"
import { readSettings as readPlatformSettings } from "../../../server/src/settings/settings.js"
import { variables } from "../../../server/src/settings/variables.js"
import { everyTarget } from "./every-target.js"
import { keyProblems } from "./keys.js"
import { local } from "./local.js"
import { SettingsError, type Settings } from "./settings.js"
import { swarm } from "./swarm.js"

type Document = Readonly<Record<string, string>>

const TARGETS = { local: everyTarget.extend(local.shape), swarm: everyTarget.extend(swarm.shape) } as const

/** What the deploy sets itself, so that it can't be set wrong. */
const SET_BY_DEPLOY = ["COMMIT", "RELEASE_VERSION", "NODE_ENV", "APP_ENVIRONMENT", "HOST", "PORT"]
/** What no secret is and the server needs even where the document leaves it out. */
const ON_LOCAL = { DATABASE_URL: "postgresql://local", DEFAULT_CONNECTOR: "sandbox" }

/** The settings of the environment `local`, which needs none. */
export const LOCAL_DOCUMENT = "TARGET=local\n"

/**
 * The settings of an environment, from its document.
 * @param document dotenv, see docs/deploying.md
 * @throws SettingsError naming every setting that is missing, wrong or unknown, without a value
 */
export function readSettings(environment: string, document: string): Settings {
  const given: Document = Object.fromEntries(Object.entries(parse(document)).filter(([, value]) => value))
  const target = z.enum(["local", "swarm"]).safeParse(given["TARGET"])
  if (!target.success) throw new SettingsError(environment, problemsOfAny(environment, given))
  const schema = TARGETS[target.data]
  const read = schema.safeParse(given)
  const platform = platformOf(given, schema)
  const problems = [
    ...schemaProblems(read.error, schema, given),
    ...platformProblems(platform, target.data),
    ...setByDeploy(given),
    ...unknown(given, schema),
    ...ofAnotherTarget(given, target.data),
    ...togetherProblems(given),
    ...keyProblems(environment, given),
  ]
  if (!read.success || problems.length > 0)
    throw new SettingsError(environment, [...new Set(problems)].sort())
  return { ...read.data, environment, platform }
}

/** What can be said before the target is known. */
function problemsOfAny(environment: string, given: Document): string[] {
  const either = everyTarget.extend({ ...local.shape, ...swarm.shape })
  const problems = [
    ...schemaProblems(everyTarget.safeParse(given).error, everyTarget, given),
    ...setByDeploy(given),
    ...unknown(given, either),
    ...keyProblems(environment, given),
  ]
  return [`${state("TARGET", given)}: expected local or swarm`, ...[...new Set(problems)].sort()]
}

const setByDeploy = (given: Document) =>
  SET_BY_DEPLOY.filter((name) => name in given).map((name) => `${name} is set by the deploy: remove it`)

const state = (name: string, given: Document) => `${name} ${name in given ? "is wrong" : "is missing"}`

/** What the server's own command for migrations reads. */
const OF_MIGRATIONS = "MIGRATE_LOCK_TIMEOUT_MS"

/** What the server and its migrations read of the document. DATABASE_URL is both the server's and, on swarm, the delivery's. */
function platformOf(given: Document, schema: z.ZodObject): Document {
  const isServers = (name: string) =>
    name === OF_MIGRATIONS ||
    (name in variables.shape && (name === "DATABASE_URL" || !(name in schema.shape)))
  return Object.fromEntries(Object.entries(given).filter(([name]) => isServers(name)))
}

function schemaProblems(error: z.ZodError | undefined, schema: z.ZodObject, given: Document): string[] {
  const { properties } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })
  return (error?.issues ?? []).map(({ path: [name] }) => {
    const property = properties?.[String(name)]
    const expected = (typeof property === "object" && property.description) || "a value"
    return `${state(String(name), given)}: expected ${expected}`
  })
}

/** The server's own check, so that it can't refuse at its start what was accepted here. */
function platformProblems(platform: Document, target: keyof typeof TARGETS): string[] {
  try {
    readPlatformSettings({ ...(target === "local" && ON_LOCAL), ...platform, NODE_ENV: "production" })
    return []
  } catch (error) {
    if (error instanceof PlatformSettingsError) return [...error.problems]
    throw error
  }
}

function unknown(given: Document, schema: z.ZodObject): string[] {
  const known = [
    ...Object.keys(schema.shape),
    ...Object.keys(variables.shape),
    ...SET_BY_DEPLOY,
    OF_MIGRATIONS,
  ]
  const names = Object.keys(given).filter((name) => !known.includes(name))
  return names.map((name) => `${name} is unknown: expected a setting of docs/deploying.md or .env.example`)
}

/** `local` has a database of its own. */
function ofAnotherTarget(given: Document, target: keyof typeof TARGETS): string[] {
  const names = ["DATABASE_URL", "DEPLOY_DATABASE_URL"].filter((name) => target === "local" && name in given)
  return names.map((name) => `${name} is wrong: expected none, local has a database of its own`)
}

/** Settings that make sense only with another. */
function togetherProblems(given: Document): string[] {
  const needs = (name: string, other: string, when: boolean) =>
    when && !(other in given) ? [`${other} is missing: expected with ${name}`] : []
  const isSsh = given["DOCKER_HOST"]?.startsWith("ssh://") ?? false
  const isS3 = given["BACKUP_STORE"]?.startsWith("s3://") ?? false
  return [
    ...["SSH_PRIVATE_KEY", "SSH_KNOWN_HOSTS"].flatMap((name) => needs("DOCKER_HOST=ssh://…", name, isSsh)),
    ...["BACKUP_S3_ACCESS_KEY", "BACKUP_S3_SECRET_KEY"].flatMap((name) =>
      needs("BACKUP_STORE=s3://…", name, isS3),
    ),
    ...needs("REGISTRY_USER", "REGISTRY_PASSWORD", "REGISTRY_USER" in given),
    ...needs("REGISTRY_PASSWORD", "REGISTRY_USER", "REGISTRY_PASSWORD" in given),
  ]
}
