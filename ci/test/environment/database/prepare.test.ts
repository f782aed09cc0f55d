import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { expect, test } from "vitest"
import { isPrepared, prepare } from "../../../environment/database/prepare.js"
import { SCHEMA_STEPS } from "../../../environment/database/schema-steps.js"
import { testDatabases } from "../../databases.js"

const databases = testDatabases()
const SERVER = fileURLToPath(new URL("../../../../server", import.meta.url))

function prisma(url: string, ...args: string[]) {
  const env = { DATABASE_URL: url, DOTENV_CONFIG_PATH: "/dev/null" }
  return execa("npx", ["prisma", ...args], { cwd: SERVER, env, all: true })
}

test("any number of programs make the schema at once", async () => {
  const url = await databases.fresh()
  const clients = await Promise.all(Array.from({ length: 8 }, () => databases.connect(url)))
  await Promise.all(clients.map((client) => prepare(client)))
  const { rows } = await (await databases.connect(url)).query("SELECT version FROM delivery.schema_steps")
  expect(rows).toEqual(SCHEMA_STEPS.map((_, index) => ({ version: index + 1 })))
})

test("what is there is kept, and a newer program's schema is left alone", async () => {
  const client = await databases.client()
  expect(await isPrepared(client)).toBe(false)
  await prepare(client)
  await client.query("INSERT INTO delivery.environment (name) VALUES ('staging')")
  await client.query("INSERT INTO delivery.schema_steps (version) VALUES (999)")
  await prepare(client)
  expect(await isPrepared(client)).toBe(true)
  expect((await client.query("SELECT name FROM delivery.environment")).rows).toEqual([{ name: "staging" }])
})

test("a role that may not make it is told by which words it may", async () => {
  const url = await databases.fresh()
  const owner = await databases.connect(url)
  await owner.query("CREATE ROLE deployer LOGIN PASSWORD 'not secret'")
  const other = Object.assign(new URL(url), { username: "deployer", password: "not secret" }).href
  const client = await databases.connect(other)
  const database = new URL(url).pathname.slice(1)
  await expect(prepare(client)).rejects.toThrow(`GRANT CREATE ON DATABASE ${database} TO deployer`)
  await owner.query(`GRANT CREATE ON DATABASE ${database} TO deployer`)
  await prepare(client)
})

test("Prisma migrates a database in which there is nothing else, and finds it in order", async () => {
  const url = await databases.fresh()
  const client = await databases.connect(url)
  await prepare(client)
  const deployed = await prisma(url, "migrate", "deploy")
  expect(deployed.all).toMatch(/All migrations have been successfully applied/)
  expect((await prisma(url, "migrate", "status")).all).toMatch(/Database schema is up to date/)
  const { rows } = await client.query("SELECT to_regclass('public.runs') IS NOT NULL AS migrated")
  expect(rows).toEqual([{ migrated: true }])
  expect(await isPrepared(client)).toBe(true)
})
