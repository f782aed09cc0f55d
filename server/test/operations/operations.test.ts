import { readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { Api } from "../platform/api.js"
import { emptyDatabase } from "../platform/database.js"
import { openServer } from "../platform/in-process.js"
import { startProcess } from "../platform/process.js"

const { api, database } = await openServer()
const folders = readdirSync(join(import.meta.dirname, "../../prisma/migrations")).filter((name) =>
  /^\d{14}_/.test(name),
)
const head = folders.sort().at(-1)
const body = async (request: string) => (await api.ask(request)).body

describe("GET /healthz", () => {
  it("answers as long as the process does", async () => {
    expect(await api.ask("GET /healthz")).toMatchObject({ status: 200, body: { status: "ok" } })
  })
})

describe("GET /version", () => {
  it("says what runs and which migrations are known and applied", async () => {
    const migrations = { known: head, applied: head }
    const running = { commit: "0123abc", version: "1.2.3", environment: "test" }
    expect(await body("GET /version")).toEqual({ ...running, migrations })
  })
})

describe("GET /readyz", () => {
  it("is ready when every migration this build knows is applied, and more is fine", async () => {
    await database.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('next', 'x', '29991231000000_next_release', now())`,
    )
    expect(await api.ask("GET /readyz")).toMatchObject({ status: 200, body: { status: "ready" } })
    expect(await body("GET /version")).toMatchObject({
      migrations: { applied: "29991231000000_next_release" },
    })
    await database.query("DELETE FROM _prisma_migrations WHERE id = 'next'")
  })

  it.each(["finished_at = NULL", "rolled_back_at = now()"])(
    "is not ready when a migration has %s",
    async (change) => {
      await database.query(`UPDATE _prisma_migrations SET ${change} WHERE migration_name = $1`, [head])
      const { status, body: said } = await api.ask("GET /readyz")
      await database.query("UPDATE _prisma_migrations SET finished_at = now(), rolled_back_at = NULL")
      const reasons = [`the migration ${String(head)} is not applied; run prisma migrate deploy`]
      expect({ status, said }).toEqual({ status: 503, said: { status: "unready", reasons } })
    },
  )

  it("is not ready on a database without a table", async () => {
    const { url } = await emptyDatabase()
    const server = await startProcess(url)
    const answer = await new Api(server.url, null).ask("GET /readyz")
    expect(answer.status).toBe(503)
    expect(answer.text).toContain("is not applied")
  })

  it("is not ready without a database, while the process is healthy and goes on", async () => {
    const server = await startProcess("postgresql://nobody:hidden-word@127.0.0.1:1/none")
    const alone = new Api(server.url, null)
    const answer = await alone.ask("GET /readyz")
    expect(answer.status).toBe(503)
    expect(answer.text).toContain("the database did not answer")
    expect((await alone.ask("GET /healthz")).status).toBe(200)
    expect((await alone.ask("GET /version")).body).toMatchObject({
      migrations: { known: head, applied: null },
    })
    expect(JSON.stringify(server.lines)).not.toContain("hidden-word")
  })
})

describe("GET /metrics", () => {
  it("has latency by route pattern, errors, runs and steps by outcome, model calls and the database", async () => {
    const { id } = await api.run(["a", "[sandbox:fail]"])
    await api.runOnce(id, "failed")
    await api.refusal("GET /api/workflows/7")
    await api.refusal(`GET /nope/${id}`)
    const { headers, text } = await api.ask("GET /metrics")
    expect(headers.get("content-type")).toContain("text/plain; version=0.0.4")
    for (const line of [
      /^http_request_duration_seconds_count\{method="GET",route="\/api\/runs\/:id",status="200"\} [1-9]/m,
      /^http_request_duration_seconds_count\{method="GET",route="\/api\/workflows\/:id",status="404"\} 1$/m,
      /^http_request_duration_seconds_count\{method="GET",route="unmatched",status="404"\} 1$/m,
      /^http_errors_total\{code="not_found"\} 2$/m,
      /^runs_total\{outcome="failed"\} 1$/m,
      /^steps_total\{outcome="succeeded"\} 1$/m,
      /^steps_total\{outcome="failed"\} 1$/m,
      /^model_call_duration_seconds_count\{connector="sandbox",outcome="failed"\} 1$/m,
      /^database_query_duration_seconds_count [1-9]/m,
      /^database_pool_connections\{state="idle"\} [1-9]/m,
      /^process_cpu_user_seconds_total /m,
    ])
      expect(text).toMatch(line)
    expect(text).not.toContain(id)
  })
})
