import { describe, expect, it } from "vitest"
import { openEvents } from "../platform/events.js"
import { held, WAITING } from "../platform/held.js"
import { openServer } from "../platform/in-process.js"
import { startProcess } from "../platform/process.js"
import { runShape } from "../platform/shapes.js"
import { until } from "../platform/until.js"

const { api, running, database, lines } = await openServer()
const follow = (id: string, url = api.url) => openEvents(`${url}/api/runs/${id}/events`)
const run = (data: string) => runShape.parse(JSON.parse(data))

describe("following a run", () => {
  it("gives the whole run now and after each change, then the end", async () => {
    const { id } = await api.run(["[sandbox:delay=1000]", "b"])
    const { response, events, raw, ended } = await follow(id)
    await ended
    expect(response.headers.get("content-type")).toBe("text/event-stream")
    expect(raw.text.startsWith("retry: 1000\n\n")).toBe(true)
    const states = events.filter(({ event }) => event === "run")
    const versions = states.map((each) => Number(each.id))
    expect(versions.length).toBeGreaterThan(2)
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
    for (const each of states) expect(run(each.data).version).toBe(Number(each.id))
    expect(run(states.at(-1)?.data ?? "")).toMatchObject({ status: "succeeded" })
    expect(events.at(-1)).toMatchObject({ event: "end", data: "{}" })
  })

  it("of a run that has ended gives its state and the end", async () => {
    const { id } = await api.run()
    await api.runOnce(id, "succeeded")
    const { events, ended } = await follow(id)
    await ended
    expect(events.map(({ event }) => event)).toEqual(["run", "end"])
  })

  it("shows a cancellation", async () => {
    const { id } = await api.run(["[sandbox:delay=30000]"])
    const { events, ended } = await follow(id)
    await api.ask(`POST /api/runs/${id}/cancel`)
    await ended
    expect(run(events.at(-2)?.data ?? "").status).toBe("cancelled")
  })

  it("shows changes that another server makes", async () => {
    const other = await startProcess(database.url)
    const { id } = await api.run(["[sandbox:delay=30000]"])
    await api.runOnce(id, "running")
    const { events, ended } = await follow(id, other.url)
    await expect.poll(() => events.length).toBeGreaterThan(0)
    await api.ask(`POST /api/runs/${id}/cancel`)
    await ended
    expect(run(events.at(-2)?.data ?? "").status).toBe("cancelled")
  })

  it("ends when another server removes the run before it was ever looked at", async () => {
    const other = await startProcess(database.url, { POLL_INTERVAL_MS: "2000" })
    const { id, workflowId } = await api.run(["[sandbox:delay=30000]"])
    await api.runOnce(id, "running")
    const { events, ended } = await follow(id, other.url)
    await expect.poll(() => events.length, { timeout: 30_000 }).toBeGreaterThan(0)
    await api.ask(`POST /api/runs/${id}/cancel`)
    expect((await api.ask(`DELETE /api/workflows/${workflowId}`)).status).toBe(204)
    await ended
    expect(events.at(-1)).toMatchObject({ event: "end" })
  })

  it("begins nothing for a reader who has gone before the answer", async () => {
    const { id } = await api.run(["[sandbox:delay=30000]"])
    await api.runOnce(id, "running")
    const release = await held(database.url, "LOCK TABLE runs IN ACCESS EXCLUSIVE MODE")
    const gone = new AbortController()
    const answer = fetch(`${api.url}/api/runs/${id}/events`, { signal: gone.signal }).catch(() => "gone")
    await until("the question to wait", async () => (await database.query(WAITING))[0])
    gone.abort()
    expect(await answer).toBe("gone")
    await until("the log to have it", () =>
      lines.find(({ message, status, runId }) => message === "request" && status === 499 && !runId),
    )
    await release()
    const own = await follow(id)
    await expect.poll(() => own.events.length, { timeout: 30_000 }).toBeGreaterThan(0)
    own.stop()
    await own.ended
    await expect.poll(() => running.streams.size, { timeout: 30_000 }).toBe(0)
    await api.ask(`POST /api/runs/${id}/cancel`)
  })

  it("is not begun by HEAD", async () => {
    const { id } = await api.run()
    const { status, headers } = await api.ask(`HEAD /api/runs/${id}/events`)
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream"])
  })

  it("leaves nothing behind when the reader goes away", async () => {
    const { id } = await api.run(["[sandbox:delay=30000]"])
    const { stop, ended } = await follow(id)
    await expect.poll(() => running.streams.size).toBe(1)
    stop()
    await ended
    await expect.poll(() => running.streams.size).toBe(0)
    await api.ask(`POST /api/runs/${id}/cancel`)
  })
})
