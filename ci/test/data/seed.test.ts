import { afterAll, beforeAll, expect, test } from "vitest"
import { withDatabase } from "../../data/postgres/address.js"
import { seed } from "../../data/seed.js"
import { startPostgres } from "../../host/postgres/cluster.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import { dataContext, never } from "./context.js"
import { platformDatabase, platformTemplate, query } from "./platform-database.js"

let own: Scratch
let server: string
beforeAll(async () => {
  own = scratch()
  server = (await startPostgres(own)).url
  await platformTemplate(server)
})
afterAll(() => own.clear())

const everything = (url: string) =>
  query(
    url,
    "SELECT to_jsonb(runs) AS run, to_jsonb(run_steps) AS step FROM runs JOIN run_steps ON run_id = id ORDER BY id, position",
  )

test("a second call adds nothing and changes nothing", async () => {
  const url = await platformDatabase(server, "staging")
  const { context } = dataContext({ url })
  const { added } = await seed(context, never)
  expect(added).toEqual({ workflows: 4, workflow_steps: 8, runs: 6, run_steps: 15 })
  await query(url, "UPDATE workflows SET goal = 'changed by somebody' WHERE number = 1")
  const before = await everything(url)
  expect(await seed(context, never)).toEqual({
    added: { workflows: 0, workflow_steps: 0, runs: 0, run_steps: 0 },
  })
  expect(await everything(url)).toEqual(before)
  expect(await query(url, "SELECT goal FROM workflows WHERE number = 1")).toEqual([
    { goal: "changed by somebody" },
  ])
})

test("two databases are seeded alike, with every ending and prompts filled in", async () => {
  const urls = [await platformDatabase(server, "staging"), await platformDatabase(server, "review")]
  for (const url of urls) await seed(dataContext({ url }).context, never)
  const [one, two] = await Promise.all(urls.map(everything))
  expect(one).toEqual(two)
  const [url = ""] = urls
  expect(await query(url, "SELECT DISTINCT status::text FROM runs ORDER BY 1")).toEqual([
    { status: "cancelled" },
    { status: "failed" },
    { status: "succeeded" },
  ])
  expect(await query(url, "SELECT FROM run_steps WHERE prompt LIKE '%{{%'")).toEqual([])
})

test("workflows of people stay, and numbers go on", async () => {
  const url = await platformDatabase(server, "staging")
  await query(url, "INSERT INTO workflows (goal, connector) VALUES ('mine', 'sandbox')")
  await seed(dataContext({ url }).context, never)
  await seed(dataContext({ url }).context, never)
  await query(url, "INSERT INTO workflows (goal, connector) VALUES ('mine again', 'sandbox')")
  expect(
    await query(url, "SELECT goal, number::int FROM workflows WHERE goal LIKE 'mine%' ORDER BY number"),
  ).toEqual([
    { goal: "mine", number: 1 },
    { goal: "mine again", number: 6 },
  ])
})

test("production is refused, by its settings and by the database's mark", async () => {
  const url = await platformDatabase(server, "production")
  const { context } = dataContext({ url, environment: "production" })
  await expect(seed(context, never)).rejects.toThrow(/expected an environment other than production/)
  await expect(seed(dataContext({ url }).context, never)).rejects.toThrow(/other than production/)
  expect(await query(url, "SELECT FROM workflows")).toEqual([])
})

test("a database that was never migrated is refused", async () => {
  await query(server, "CREATE DATABASE never_migrated")
  const { context } = dataContext({ url: withDatabase(server, "never_migrated") })
  await expect(seed(context, never)).rejects.toThrow(/expected the platform's tables .* deploy first/)
})
