import { once } from "node:events"
import { Agent, request } from "node:http"
import { connect } from "node:net"
import { describe, expect, it } from "vitest"
import { Api } from "./platform/api.js"
import { testDatabase } from "./platform/database.js"
import { openEvents } from "./platform/events.js"
import { keyFor } from "./platform/key.js"
import { startProcess } from "./platform/process.js"
import { slowRequest } from "./platform/slow-request.js"
import { until } from "./platform/until.js"
import { chatCompletion, startProvider } from "./platform/provider.js"
import { atProvider, startServerAt } from "./worker/servers.js"

const database = await testDatabase()
const key = await keyFor(database.url)

async function start(changes = {}) {
  const server = await startProcess(database.url, changes)
  return { ...server, api: new Api(server.url, key) }
}

const isUnready = (api: Api) =>
  until("readyz to be 503", async () => {
    const answer = await api.ask("GET /readyz")
    return answer.status === 503 ? answer : undefined
  })

describe("SIGTERM", () => {
  it("makes the server unready at once, lets a request in flight finish, and exits 0", async () => {
    const { api, url, kill, ended, lines } = await start()
    const slow = slowRequest(url, key)
    await until(
      "the slow request to be seen",
      async () => (await api.ask("GET /healthz")).status === 200 || undefined,
    )
    kill("SIGTERM")
    expect((await isUnready(api)).body).toEqual({
      status: "unready",
      reasons: ["the server is shutting down"],
    })
    expect((await api.ask("GET /healthz")).status).toBe(200)
    expect(await slow.finish()).toMatch(/^HTTP\/1\.1 201 Created/)
    expect(await ended).toBe(0)
    expect(lines.at(-1)).toMatchObject({ level: "info", message: "stopped" })
  })

  it("tells streams to reconnect and ends them", async () => {
    const { api, url, kill, ended } = await start()
    const { id } = await api.run(["[sandbox:delay=3000]"])
    const stream = await openEvents(`${url}/api/runs/${id}/events`)
    await until("an event", () => stream.events[0])
    kill("SIGTERM")
    await stream.ended
    expect(stream.events.at(-1)).toMatchObject({ event: "reconnect", data: "{}" })
    expect(await ended).toBe(0)
  })

  it("waits for a model call in flight and stores its result", async () => {
    const provider = await startProvider(() => undefined)
    const { api, kill, ended } = await startServerAt(provider.url, database)
    const { id } = await api.run(["slow", "next"], atProvider)
    const call = await until("the call", () => provider.calls[0])
    kill("SIGTERM")
    await isUnready(api)
    call.answer(200, chatCompletion("in time"))
    expect(await ended).toBe(0)
    const [first, second] = await database.query(
      "SELECT status, output FROM run_steps WHERE run_id = $1 ORDER BY position",
      [id],
    )
    expect(first).toEqual({ status: "succeeded", output: "in time" })
    expect(second).toEqual({ status: "pending", output: null })
    await database.query("DELETE FROM workflows")
  })

  it("breaks off a model call that outlasts the deadline, and marks it interrupted", async () => {
    const provider = await startProvider(() => undefined)
    const { api, kill, ended } = await startServerAt(provider.url, database, {
      SHUTDOWN_DEADLINE_MS: "15000",
    })
    const { id } = await api.run(["endless"], atProvider)
    const call = await until("the call", () => provider.calls[0])
    kill("SIGTERM")
    expect(await ended).toBe(0)
    expect(call.isGone()).toBe(true)
    const [run] = await database.query("SELECT status, error FROM runs WHERE id = $1", [id])
    expect(run).toEqual({ status: "interrupted", error: "step 1: the server stopped during the model call" })
  })

  it("closes kept-alive connections that nobody uses", async () => {
    const { url, kill, ended } = await start()
    const agent = new Agent({ keepAlive: true })
    const [response] = (await once(request(`${url}/healthz`, { agent }).end(), "response")) as [
      NodeJS.ReadableStream,
    ]
    response.resume()
    await once(response, "end")
    const killedAt = performance.now()
    kill("SIGTERM")
    expect(await ended).toBe(0)
    // Left alone, the server keeps such a connection for 65 s.
    expect(performance.now() - killedAt).toBeLessThan(20_000)
    agent.destroy()
  })

  it("closes connections over which nothing was ever asked", async () => {
    const { api, url, kill, ended } = await start()
    const socket = connect(Number(new URL(url).port), "127.0.0.1")
    await once(socket, "connect")
    await api.ask("GET /healthz")
    kill("SIGTERM")
    expect(await ended).toBe(0)
    socket.destroy()
  })

  it("closes the connection of a request that ends late, but before the deadline, and exits 0", async () => {
    const { api, url, kill, ended, lines } = await start({ SHUTDOWN_DEADLINE_MS: "20000" })
    const slow = slowRequest(url, key)
    await api.ask("GET /healthz")
    kill("SIGTERM")
    await until("the server to stop listening", () =>
      api.ask("GET /healthz").then(
        () => undefined,
        () => true,
      ),
    )
    expect(await slow.finish()).toMatch(/^HTTP\/1\.1 201 Created/)
    expect(await ended).toBe(0)
    expect(lines.at(-1)).toMatchObject({ message: "stopped" })
  })

  it("exits 1 at the deadline and says what was left", async () => {
    const { api, url, kill, ended, lines } = await start({ SHUTDOWN_DEADLINE_MS: "500" })
    const { socket } = slowRequest(url, key)
    await api.ask("GET /healthz")
    kill("SIGTERM")
    expect(await ended).toBe(1)
    expect(lines.at(-1)).toMatchObject({
      level: "error",
      message: "shutdown took too long",
      requests: 1,
      steps: 0,
    })
    socket.destroy()
  })

  it("a second time ends the server at once", async () => {
    const { api, url, kill, ended } = await start({ SHUTDOWN_DEADLINE_MS: "60000" })
    const { socket } = slowRequest(url, key)
    await api.ask("GET /healthz")
    kill("SIGTERM")
    await isUnready(api)
    kill("SIGINT")
    expect(await ended).toBe(1)
    socket.destroy()
  })
})
