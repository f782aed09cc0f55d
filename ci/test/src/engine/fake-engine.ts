import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { connection } from "@dagger.io/dagger"
import { z } from "zod"
import { callsOf, type Call } from "./calls.js"

/** What the fake answers to a query; `undefined` leaves it to the fake. An `Error` is an answer, too. */
export type Answer = (calls: readonly Call[]) => string | object | undefined

/** What was asked: each query as the steps that it selects, and those whose results it was given. */
export interface Asked {
  readonly queries: readonly (readonly Call[])[]
  /** The text of everything that was asked. */
  readonly text: string
}

const Body = z.object({ query: z.string() })

/**
 * Runs an action against something that takes queries as an engine does and carries nothing out. Ids are places in the
 * list of queries, so `whole` can tell what an argument stands for.
 */
export async function withFakeEngine(action: () => Promise<unknown>, answer: Answer = () => undefined) {
  const queries: Call[][] = []
  let all = ""
  const server = createServer((request, response) => {
    void read(request).then((query) => {
      all += query
      const calls = callsOf(query)
      const place = queries.push(calls) - 1
      response
        .setHeader("content-type", "application/json")
        .end(JSON.stringify(answered(calls, place, answer)))
    })
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  process.env["DAGGER_SESSION_PORT"] = `${(server.address() as AddressInfo).port}`
  process.env["DAGGER_SESSION_TOKEN"] = "token"
  let result: unknown
  try {
    await connection(async () => {
      result = await action().catch((error: unknown) => error)
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
  return { asked: { queries, text: all } satisfies Asked, result }
}

async function read(request: IncomingMessage): Promise<string> {
  return Body.parse(JSON.parse(await text(request))).query
}

function answered(calls: readonly Call[], place: number, answer: Answer): object {
  const own = answer(calls)
  if (typeof own === "object") return { data: null, errors: [own] }
  let data: unknown = own ?? `#${place}`
  for (const { name } of [...calls].reverse()) data = { [name]: data }
  return { data }
}

/** How an engine says that a command failed. */
export function execError(exitCode: number, stdout: string): object {
  const extensions = { _type: "EXEC_ERROR", cmd: ["npm"], exitCode, stdout, stderr: "" }
  return { message: `exit code: ${exitCode}`, path: [], extensions }
}

/** The steps of a query with those of everything that it was given, in place: what the engine would carry out, in order. */
export function whole({ queries }: Asked, calls: readonly Call[]): Call[] {
  return calls.flatMap((call) => [
    ...idsIn(call.args).flatMap((id) => whole({ queries, text: "" }, queries[id] ?? [])),
    call,
  ])
}

function idsIn(value: unknown): number[] {
  if (typeof value === "string") return /^#\d+$/.test(value) ? [Number(value.slice(1))] : []
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(idsIn) : []
}
