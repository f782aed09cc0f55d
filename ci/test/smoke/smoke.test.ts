import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { execa } from "execa"
import { expect, onTestFinished, test } from "vitest"

/**
 * Answers by `METHOD path`. The real platform is never unwell in these ways on demand; the main job and the tests of
 * faults run the smoke test against it.
 */
type Answers = Record<string, { status?: number; body?: unknown } | undefined>

const ID = "6f1c6d0e-8a53-4a6e-9c57-0c2b8a3f7d11"
const run = (status: string) => ({ id: ID, status, error: null, steps: [{ status, output: "an output" }] })
const WELL: Answers = {
  "GET /healthz": { body: { status: "ok" } },
  "GET /readyz": { body: { status: "ready" } },
  "GET /version": { body: { commit: "abc1234", version: "v1.0.0" } },
  "POST /api/workflows": { status: 201, body: { id: ID } },
  [`POST /api/workflows/${ID}/runs`]: { status: 202, body: run("queued") },
  [`GET /api/runs/${ID}`]: { body: run("succeeded") },
  [`DELETE /api/workflows/${ID}`]: { status: 204 },
}

async function smoke(answers: Answers, ...flags: string[]) {
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const name = `${request.method} ${request.url}`
    asked.push(name)
    const { status = 200, body } = answers[name] ?? { status: 404, body: { error: "no such thing" } }
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = { SMOKE_API_KEY: "aca_key_of_this_test" }
  const ended = await execa(
    "npm",
    [
      "run",
      "--silent",
      "smoke",
      "--",
      "--server-url",
      url,
      ...flags.map((flag) => flag.replace("self", url)),
    ],
    {
      env,
      reject: false,
      all: true,
    },
  )
  return { exitCode: ended.exitCode, all: ended.all, asked }
}

test("a platform that is well passes, and the workflow is removed", async () => {
  const { exitCode, asked, all } = await smoke(WELL, "--commit-sha", "abc1234")
  expect([exitCode, all]).toEqual([0, expect.stringContaining("seen to finish and removed")])
  expect(asked.at(-1)).toBe(`DELETE /api/workflows/${ID}`)
})

test("an address with a slash at its end is the same address", async () => {
  expect(await smoke(WELL, "--server-url", "self/")).toMatchObject({ exitCode: 0 })
})

test.each<[string, Answers, RegExp]>([
  [
    "is the client's page",
    { "GET /version": { body: "<!doctype html>" } },
    /GET \/version: expected the server's JSON, got <!doctype html>; is it the server's address\?$/m,
  ],
  [
    "is not ready",
    { "GET /readyz": { status: 503, body: { status: "unready" } } },
    /GET \/readyz: expected success, got 503/,
  ],
  [
    "refuses the key",
    { "POST /api/workflows": { status: 401 } },
    /POST \/api\/workflows: expected success, got 401/,
  ],
  [
    "has runs that fail",
    { [`GET /api/runs/${ID}`]: { body: run("failed") } },
    /expected a run that succeeds, it failed/,
  ],
  [
    "has steps without output",
    {
      [`GET /api/runs/${ID}`]: {
        body: { ...run("succeeded"), steps: [{ status: "succeeded", output: null }] },
      },
    },
    /1 have none/,
  ],
  [
    "can't remove",
    { [`DELETE /api/workflows/${ID}`]: { status: 500 } },
    /DELETE .*: expected success, got 500/,
  ],
])("a platform that %s fails, saying so", async (_, fault, message) => {
  const { exitCode, all } = await smoke({ ...WELL, ...fault })
  expect([exitCode, all]).toEqual([1, expect.stringMatching(message)])
})

test("the workflow is removed after a run that fails, too", async () => {
  const { asked } = await smoke({ ...WELL, [`GET /api/runs/${ID}`]: { body: run("failed") } })
  expect(asked.at(-1)).toBe(`DELETE /api/workflows/${ID}`)
})

test("another commit fails with both", async () => {
  const { exitCode, all } = await smoke(WELL, "--commit-sha", "fff")
  expect([exitCode, all]).toEqual([1, expect.stringContaining("expected commit fff, got abc1234")])
})

test("a page that points at another server fails", async () => {
  const page = { status: 200, body: '<script src="/config.js"></script>' }
  const script = { body: 'window.APP_CONFIG = { apiBaseUrl: "http://elsewhere" }' }
  const { exitCode, all } = await smoke(
    { ...WELL, "GET /": page, "GET /config.js": script },
    "--client-url",
    "self",
  )
  expect([exitCode, all]).toEqual([1, expect.stringContaining("page: expected its settings to name")])
})
