import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

import type { Run } from "../../src/runs/run"
import type { Workflow } from "../../src/workflows/workflow"
import { Refusal, allowAnyOrigin, sendRefusal } from "./answers"
import { queuedRun } from "./data"
import { answer } from "./routes"
import { runStreams } from "./streams"

/** What the stand-in holds and has seen. */
export interface World {
  /** In any order; the list sorts them. */
  workflows: Workflow[]
  runs: Map<string, Run>
  streams: ReturnType<typeof runStreams>
  /** Every request as `GET /api/workflows`, without its query. */
  requests: string[]
  /** Requests that are answered with this status instead, each once, by method and path. */
  failures: { request: string; status: number }[]
  /** Whether streams are refused, as behind a proxy that can't stream. */
  refusesStreams: boolean
}

/** The stand-in: its address, its world, and the hands that move it. */
export type StandInApi = Awaited<ReturnType<typeof startApi>>

/** Starts an HTTP server on a free port that speaks the platform's API from memory. */
export async function startApi() {
  const world: World = {
    workflows: [],
    runs: new Map(),
    streams: runStreams(),
    requests: [],
    failures: [],
    refusesStreams: false,
  }
  const server = createServer((request, response) => void handle(world, request, response))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { world, url: urlOf(server.address()), ...hands(world), close: () => closeServer(server) }
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string")
    throw new Error(`Expected a port, received ${address}.`)
  return `http://127.0.0.1:${address.port}`
}

/** What tests do to runs. */
function hands(world: World) {
  const change = (run: Run, news: Partial<Run>): Run => {
    const next = { ...(world.runs.get(run.id) ?? run), ...news }
    next.version += 1
    world.runs.set(run.id, next)
    world.streams.publish(next)
    return next
  }
  const addRun = (workflow: Workflow, news: Partial<Run> = {}): Run => {
    const run = { ...queuedRun(workflow), ...news }
    world.runs.set(run.id, run)
    return run
  }
  return { change, addRun }
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  allowAnyOrigin(response)
  const url = new URL(request.url ?? "/", "http://stand-in")
  const line = `${request.method ?? ""} ${url.pathname}`
  world.requests.push(line)
  try {
    failOnce(world, line)
    await answer({ world, request, response, url })
  } catch (thrown) {
    sendRefusal(response, thrown instanceof Refusal ? thrown : new Refusal(500, String(thrown)))
  }
}

function failOnce({ failures }: World, line: string): void {
  const at = failures.findIndex(({ request }) => request === line)
  const [failure] = at === -1 ? [] : failures.splice(at, 1)
  if (failure) throw new Refusal(failure.status, "Something went wrong here.")
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) =>
    server.close(() => {
      resolve()
    }),
  )
}
