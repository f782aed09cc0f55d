import { expect, test } from "vitest"
import { invalidIndexes } from "../../migrations/invalid-indexes.js"
import { testDatabases } from "../databases.js"

const databases = testDatabases()

const script = (sql: string) => ({ name: "1_index", file: "1_index/migration.sql", sql })

test("an index whose concurrent building was broken off is found by the script that builds it, and no other", async () => {
  const client = await databases.client()
  await client.query("CREATE TABLE twice (number int); INSERT INTO twice VALUES (1), (1)")
  const build = 'CREATE UNIQUE INDEX CONCURRENTLY "By Number" ON twice (number);'
  await expect(client.query(build)).rejects.toThrow("could not create unique index")
  const found = await invalidIndexes(client, [script(build)])
  expect(found).toEqual(['public."By Number"'])
  await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${found[0] ?? ""}`)
  expect(await invalidIndexes(client, [script(build)])).toEqual([])
})

test("one that no script builds is somebody else's", async () => {
  const client = await databases.client()
  await client.query("CREATE TABLE twice (number int); INSERT INTO twice VALUES (1), (1)")
  await client.query("CREATE UNIQUE INDEX CONCURRENTLY theirs ON twice (number)").catch(() => undefined)
  expect(await invalidIndexes(client, [script("CREATE INDEX CONCURRENTLY ours ON twice (number);")])).toEqual(
    [],
  )
  expect(await invalidIndexes(client, [script("DROP INDEX theirs;")])).toEqual([])
})

test.each([
  ["drops it", "DROP INDEX CONCURRENTLY twice_i"],
  ["builds it anew", "REINDEX INDEX CONCURRENTLY twice_i"],
  ["builds one with a longer name", "CREATE INDEX CONCURRENTLY twice_i_2 ON twice (number)"],
  ["builds one of that name on another table", "CREATE INDEX CONCURRENTLY twice_i ON other (number)"],
])("one is left to a script that %s", async (_, sql) => {
  const client = await databases.client()
  await client.query("CREATE TABLE twice (number int); INSERT INTO twice VALUES (1), (1)")
  await client.query("CREATE UNIQUE INDEX CONCURRENTLY twice_i ON twice (number)").catch(() => undefined)
  expect(await invalidIndexes(client, [script(sql)])).toEqual([])
})
