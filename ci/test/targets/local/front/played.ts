import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { onTestFinished } from "vitest"
import { freePort } from "../../../../host/free-port.js"
import { Front } from "../../../../targets/local/front/front.js"
import { Upstream, type Route } from "../../../../targets/local/front/upstream.js"

/** How a played server answers. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

/** A server of the test's own on 127.0.0.1; ends with the test. */
export async function served(answer: Answer): Promise<Server & { readonly port: number }> {
  const server = createServer((request, response) => void answer(request, response))
  await once(server.listen(0, "127.0.0.1"), "listening")
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return Object.assign(server, { port: (server.address() as AddressInfo).port })
}

/** A release whose server and client answer so. */
export async function release(answer: Answer, client: Answer = answer): Promise<Route> {
  const route = { server: new Upstream(), client: new Upstream() }
  route.server.moveTo((await served(answer)).port)
  route.client.moveTo((await served(client)).port)
  onTestFinished(async () => {
    await route.server.destroy()
    await route.client.destroy()
  })
  return route
}

/** A front that leads to a release. */
export async function front(route?: Route): Promise<{ readonly front: Front; readonly url: string }> {
  const made = new Front()
  const port = await freePort()
  await made.listen(port)
  onTestFinished(() => made.close())
  made.route = route
  return { front: made, url: `http://127.0.0.1:${port}` }
}

/** Answers with a word. */
export const saying =
  (word: string): Answer =>
  (_, response) =>
    response.end(word)

/** Something that is settled from outside. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}
