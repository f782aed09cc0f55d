import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { onTestFinished } from "vitest"
import { registryAddress } from "../../registry/address.js"
import { repository, type Repository } from "../../registry/repository.js"

/** A request that came in. */
export interface Asked {
  /** `METHOD /path?query`. */
  readonly line: string
  readonly authorization: string | undefined
  readonly body: string
}

export interface Reply {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

/** What is said to a request; `origin` is the server's own, for answers that name it. */
export type Script = (asked: Asked, origin: string) => Reply

export const CREDENTIALS = { user: "publisher", password: "moonlight-on-the-water" }

/** A registry that answers as a test says; the real ones are never unwell on demand. It knows the image `team/image`. */
export async function playedRegistry(script: Script) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void body(request).then((body) => {
      const { method, url, headers } = request
      const one = { line: `${method} ${url}`, authorization: headers.authorization, body }
      asked.push(one)
      const reply = script(one, `http://${headers.host}`)
      response.writeHead(reply.status, reply.headers).end(reply.body)
    })
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const address = registryAddress(`${host}/team`)
  const as = (credentials?: typeof CREDENTIALS): Repository =>
    repository({ address, ...(credentials && { credentials }) }, "image")
  return { asked, host, anonymous: as(), known: as(CREDENTIALS) }
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
