import { readSettings } from "../../../environment/settings/read.js"
import type { SwarmSettings } from "../../../environment/settings/settings.js"
import type { Instance } from "../../../targets/target.js"

const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const image = (name: string, digit: string) => ({
  reference: `registry.example/team/${name}@${digest(digit)}`,
  digest: digest(digit),
  sbom: digest("f"),
})

export const SERVER = image("agent-backend", "1")
export const CLIENT = image("agent-frontend", "2")

/** An instance of a release that nobody published. */
export const INSTANCE: Instance = {
  colour: "green",
  version: "v1.2.3",
  release: {
    schemaVersion: 1,
    commit: "c0".repeat(20),
    images: { server: SERVER, client: CLIENT },
    migrations: [],
  },
}

/** Secrets that may turn up among no arguments. */
export const PASSWORD = "moonlight-on-the-swarm"

/** Settings of an environment on a swarm. */
export function swarmSettings(more: Readonly<Record<string, string>> = {}): SwarmSettings {
  const document = {
    TARGET: "swarm",
    DATABASE_URL: `postgresql://agent:${PASSWORD}@database.example:5432/agent?schema=public&sslmode=require`,
    PUBLIC_URL: "https://agent.example",
    DEFAULT_CONNECTOR: "sandbox",
    BACKUP_STORE: "/var/backups",
    ...more,
  }
  const text = Object.entries(document).map(([name, value]) => `${name}='${value}'\n`)
  const settings = readSettings("staging", text.join(""))
  if (settings.TARGET !== "swarm") throw new Error("expected settings of a swarm")
  return settings
}
