import { once } from "node:events"
import { createServer, get, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, onTestFinished, test } from "vitest"
import { answerHeaders, requestHeaders } from "../../../../targets/local/front/headers.js"

/** A request as a server gets it. */
async function received(headers: Record<string, string | string[]>): Promise<IncomingMessage> {
  const server = createServer()
  await once(server.listen(0, "127.0.0.1"), "listening")
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  get({ port: (server.address() as AddressInfo).port, headers }).on("error", () => undefined)
  const [request] = (await once(server, "request")) as [IncomingMessage]
  return request
}

test("a request is passed on without what belongs to its connection", async () => {
  const request = await received({
    ...{ host: "example.org", connection: "keep-alive, x-private", "x-private": "1", te: "trailers" },
    ...{ "x-forwarded-proto": "https", "x-forwarded-host": "evil", accept: "*/*" },
  })
  expect(requestHeaders(request)).toEqual([
    ...["host", "example.org", "accept", "*/*", "x-forwarded-for", "127.0.0.1"],
    ...["x-forwarded-proto", "http", "x-forwarded-host", "example.org"],
  ])
})

test("the caller is added to those that a request has come through", async () => {
  const request = await received({ "x-forwarded-for": "192.0.2.1" })
  const headers = requestHeaders(request)
  expect(headers[headers.indexOf("x-forwarded-for") + 1]).toBe("192.0.2.1, 127.0.0.1")
})

test("an answer keeps headers that come more than once, in their order and writing", () => {
  const raw = [
    "Set-Cookie",
    "a=1",
    "Connection",
    "keep-alive",
    "Keep-Alive",
    "timeout=5",
    "Set-Cookie",
    "b=2",
  ]
  expect(answerHeaders(raw.map((each) => Buffer.from(each)))).toEqual([
    "Set-Cookie",
    "a=1",
    "Set-Cookie",
    "b=2",
  ])
})
