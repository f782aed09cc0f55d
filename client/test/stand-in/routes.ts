import type { IncomingMessage, ServerResponse } from "node:http"

import type { Run } from "../../src/runs/run"
import { hasEnded } from "../../src/runs/run"
import type { Workflow } from "../../src/workflows/workflow"
import { Refusal, sendJson } from "./answers"
import type { World } from "./api"
import { checkKey, newWorkflow } from "./checks"
import { queuedRun, workflowOf } from "./data"

interface Exchange {
  world: World
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

/** Answers one request as the platform's API does. */
export async function answer(exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange
  const [, api, kind, id = "", action = ""] = url.pathname.split("/")
  if (request.method === "OPTIONS") return void response.writeHead(204).end()
  const route = `${request.method ?? ""} ${api ?? ""} ${kind ?? ""} ${id && "id"} ${action}`
    .trim()
    .replace(/ +/g, " ")
  const act = routes[route]
  if (act === undefined) throw new Refusal(404, `No route ${route}.`)
  await act(exchange, id)
}

type Act = (exchange: Exchange, id: string) => void | Promise<void>

const routes: Record<string, Act> = {
  "GET api workflows": ({ world, response, url }) => {
    sendJson(response, 200, pageOf(world, url.searchParams))
  },
  "POST api workflows": async ({ world, request, response }) => {
    const workflow = workflowOf(await newWorkflow(request, checkKey(request)), 59)
    world.workflows.push(workflow)
    sendJson(response, 201, workflow)
  },
  "GET api workflows id": ({ world, response }, id) => {
    const workflow = workflowIn(world, id)
    sendJson(response, 200, { ...workflow, runs: runsOf(world, workflow) })
  },
  "POST api workflows id runs": ({ world, request, response }, id) => {
    checkKey(request)
    const run = queuedRun(workflowIn(world, id))
    world.runs.set(run.id, run)
    sendJson(response, 202, run)
  },
  "GET api runs id": ({ world, response }, id) => {
    sendJson(response, 200, runIn(world, id))
  },
  "GET api runs id events": ({ world, response }, id) => {
    if (world.refusesStreams) throw new Refusal(503, "No streams here.")
    world.streams.open(response, runIn(world, id))
  },
  "POST api runs id cancel": ({ world, request, response }, id) => {
    checkKey(request)
    const run = runIn(world, id)
    if (hasEnded(run)) throw new Refusal(409, "The run has ended.")
    const cancelled: Run = { ...run, status: "cancelled", version: run.version + 1 }
    world.runs.set(id, cancelled)
    sendJson(response, 202, cancelled)
    world.streams.publish(cancelled)
  },
}

function pageOf(world: World, query: URLSearchParams) {
  const from = Number(query.get("cursor") ?? 0)
  const to = from + Number(query.get("limit") ?? 20)
  const sorted = world.workflows.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
  const items = sorted.slice(from, to).map(({ steps, ...workflow }) => ({
    ...workflow,
    stepCount: steps.length,
    lastRun: runsOf(world, workflow)[0] ?? null,
  }))
  return { items, nextCursor: to < sorted.length ? String(to) : null }
}

function runsOf(world: World, { id }: Pick<Workflow, "id">): Run[] {
  const runs = [...world.runs.values()].filter(({ workflowId }) => workflowId === id)
  return runs.sort((one, other) => other.createdAt.localeCompare(one.createdAt))
}

function workflowIn({ workflows }: World, id: string): Workflow {
  const workflow = workflows.find((known) => known.id === id)
  if (workflow === undefined) throw new Refusal(404, "There is no such workflow.")
  return workflow
}

function runIn({ runs }: World, id: string): Run {
  const run = runs.get(id)
  if (run === undefined) throw new Refusal(404, "There is no such run.")
  return run
}
