import { once } from "node:events"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, onTestFinished, test } from "vitest"
import { throughput } from "../../load/closed.js"

/** A server of the test's own, with what was asked of it. */
async function answering(listener: RequestListener) {
  const seen = { requests: 0, sockets: new Set<unknown>() }
  const server = createServer((request, response) => {
    seen.requests++
    seen.sockets.add(request.socket)
    listener(request, response)
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test("asks as often as it is told, over as many connections as it is told", async () => {
  let [most, now] = [0, 0]
  const { seen, url } = await answering((_, response) => {
    most = Math.max(most, ++now)
    void sleep(5).then(() => {
      now--
      response.end("ok")
    })
  })
  expect(await throughput({ url, path: "/", connections: 4, requests: 103 })).toBeGreaterThan(0)
  expect({ requests: seen.requests, connections: seen.sockets.size, most }).toEqual({
    requests: 103,
    connections: 4,
    most: 4,
  })
})

test("does not count answers of another kind", async () => {
  const { url } = await answering((_, response) => response.writeHead(502).end())
  const measured = throughput({ url, path: "/healthz", connections: 2, requests: 10 })
  await expect(measured).rejects.toThrow("/healthz to answer 200, received 502")
})
