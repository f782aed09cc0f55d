import { readFile } from "node:fs/promises"
import { describe, expect, test } from "vitest"
import { keyNotices } from "../../../environment/settings/keys.js"
import { LOCAL_DOCUMENT, readSettings } from "../../../environment/settings/read.js"
import { secretValues } from "../../../environment/settings/secret-values.js"

const CANARY = "canary-of-the-test"
const SWARM = `TARGET=swarm
DATABASE_URL=postgresql://agent:${CANARY}@db.example:5432/agent
PUBLIC_URL=https://agent.example/
DEFAULT_CONNECTOR=sandbox
BACKUP_STORE=/var/backups`

function problemsOf(environment: string, document: string): string {
  try {
    readSettings(environment, document)
  } catch (error) {
    return (error as Error).message
  }
  return ""
}

/** The document that docs/deploying.md shows, filled in. */
async function documented(): Promise<string> {
  const text = await readFile("docs/deploying.md", "utf8")
  const [, document = ""] = /```dotenv\n([^]*?)```/.exec(text) ?? []
  return document.replaceAll("…", "filled-in")
}

describe("the settings of an environment", () => {
  test("are what the documentation shows", async () => {
    expect(problemsOf("production", await documented())).toBe("")
  })

  test("local needs none", () => {
    expect(readSettings("local", LOCAL_DOCUMENT)).toMatchObject({ TARGET: "local", FRONT_PORT: 8088 })
  })

  test("have defaults, and what the server reads apart", () => {
    const own = "LOG_LEVEL=warn\nMIGRATE_LOCK_TIMEOUT_MS=500"
    const settings = readSettings("staging", `${SWARM}\n${own}`)
    expect(settings).toMatchObject({ PUBLIC_URL: "https://agent.example", FRONT_PORT: 80, BACKUP_KEEP: 14 })
    expect(Object.keys(settings.platform).sort()).toEqual([
      "DATABASE_URL",
      "DEFAULT_CONNECTOR",
      "LOG_LEVEL",
      "MIGRATE_LOCK_TIMEOUT_MS",
    ])
  })

  test.each([
    ["", "TARGET is missing: expected local or swarm"],
    ["TARGET=moon", "TARGET is wrong"],
    [`BACKUP_KEY=${CANARY}`, "BACKUP_KEY is wrong: expected an age identity"],
    [`OPENAI_APIKEY=${CANARY}`, "OPENAI_APIKEY is unknown"],
    ["TARGET=swarm", "DATABASE_URL is missing"],
    ["TARGET=swarm", "PUBLIC_URL is missing"],
    ["TARGET=swarm", "DEFAULT_CONNECTOR is missing"],
    ["TARGET=swarm", "BACKUP_STORE is missing: expected a folder, or s3://bucket/prefix"],
    [`${SWARM}\nBACKUP_STORE=s3://Bad_Name`, "BACKUP_STORE is wrong: expected a folder, or s3://"],
    [`${SWARM}\nOTHER_FINGERPRINTS=${CANARY}`, "OTHER_FINGERPRINTS is wrong: expected environment:NAME"],
    [`${SWARM}\nDOCKER_HOST=ssh://a@b`, "SSH_KNOWN_HOSTS is missing: expected with DOCKER_HOST=ssh://"],
    [`${SWARM}\nREGISTRY_USER=me`, "REGISTRY_PASSWORD is missing"],
    [`${SWARM}\nBACKUP_STORE=s3://bucket`, "BACKUP_S3_SECRET_KEY is missing"],
    [`${SWARM}\nBACKUP_KEY=${CANARY}`, "BACKUP_KEY is wrong: expected an age identity"],
    [`${SWARM}\nDEADLINES=smoke=soon`, "DEADLINES is wrong: expected seconds by step"],
    [`${SWARM}\nRATE_LIMIT_PER_MINUTE=many`, "RATE_LIMIT_PER_MINUTE is wrong"],
    [`${SWARM}\nOPENAI_APIKEY=${CANARY}`, "OPENAI_APIKEY is unknown"],
    [`${SWARM}\nNODE_ENV=test`, "NODE_ENV is set by the deploy"],
    ["TARGET=local\nDATABASE_URL=postgresql://db/x", "DATABASE_URL is wrong: expected none, local has"],
  ])("%s: %s", (document, problem) => {
    const told = problemsOf("staging", document)
    expect(told).toContain(problem)
    expect(told).not.toContain(CANARY)
  })

  test("a key of a real account is for production alone", () => {
    const keyed = `${SWARM}\nANTHROPIC_API_KEY=${CANARY}`
    expect(problemsOf("staging", keyed)).toContain(
      "ANTHROPIC_API_KEY is wrong: expected the key of a sandbox",
    )
    expect(problemsOf("staging", `${keyed}\nSANDBOX_KEYS=ANTHROPIC_API_KEY`)).toBe("")
    expect(problemsOf("production", keyed)).toBe("")
  })

  test("production says so when one of its keys is a sandbox's; no other environment does", () => {
    const keyed = `${SWARM}\nANTHROPIC_API_KEY=${CANARY}\nSANDBOX_KEYS=ANTHROPIC_API_KEY`
    const notices = (name: string) => keyNotices(name, readSettings(name, keyed))
    expect(notices("production")).toEqual(["production runs with a sandbox key: ANTHROPIC_API_KEY"])
    expect(notices("staging")).toEqual([])
  })

  test("know which of their values must never be printed", () => {
    const secrets = secretValues(`${SWARM}\nBACKUP_S3_SECRET_KEY=s\nLOG_LEVEL=info`)
    expect(secrets).toEqual([expect.stringContaining(CANARY), "s"])
  })
})
