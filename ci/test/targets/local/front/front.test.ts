import { once } from "node:events"
import { Agent, get, request as ask, type IncomingMessage } from "node:http"
import { connect } from "node:net"
import { text } from "node:stream/consumers"
import { expect, onTestFinished, test } from "vitest"
import { front, gate, release, saying, served } from "./played.js"

/** The answer to a GET on a connection that is kept. */
async function got(url: string, agent: Agent): Promise<string> {
  const [response] = (await once(get(url, { agent }), "response")) as [IncomingMessage]
  return text(response)
}

/** What comes back for bytes that are sent as they are. */
async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1")
  socket.write(bytes)
  return text(socket)
}

test("leads the API and probes to the server, all else to the client, and hides metrics", async () => {
  const { url } = await front(await release(saying("server"), saying("client")))
  const answers = ["/api/workflows", "/healthz", "/readyz?now", "/version", "/", "/runs/1", "/healthz2"].map(
    async (path) => (await fetch(url + path)).text(),
  )
  expect(await Promise.all(answers)).toEqual([
    ...Array<string>(4).fill("server"),
    ...Array<string>(3).fill("client"),
  ])
  for (const path of ["/metrics", "/metrics?a=b"]) expect((await fetch(url + path)).status).toBe(404)
})

test("answers 503 with Retry-After when nothing serves", async () => {
  const { url } = await front()
  const response = await fetch(`${url}/version`)
  expect(response.status).toBe(503)
  expect(response.headers.get("retry-after")).toBe("1")
  expect(await response.json()).toMatchObject({ error: { code: "unavailable" } })
})

test("a connection that is kept alive follows a switch", async () => {
  const { front: switched, url } = await front(await release(saying("old")))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const before = await got(`${url}/version`, agent)
  switched.route = await release(saying("new"))
  expect([before, await got(`${url}/version`, agent)]).toEqual(["old", "new"])
})

test("a request under way at the switch ends where it began", async () => {
  const [begun, end] = [gate(), gate()]
  const old = await release(async (_, response) => {
    response.write("o")
    begun.open()
    await end.opened
    response.end("ld")
  })
  const { front: switched, url } = await front(old)
  const answer = fetch(`${url}/api/slow`).then((response) => response.text())
  await begun.opened
  switched.route = await release(saying("new"))
  expect(await (await fetch(`${url}/version`)).text()).toBe("new")
  end.open()
  expect(await answer).toBe("old")
})

test("a hold delays requests to the server and fails none; the client's are not held", async () => {
  const { front: held, url } = await front(await release(saying("server"), saying("client")))
  const letGo = held.hold()
  let answered = 0
  const count = (response: Response) => {
    answered++
    return response.status
  }
  const waiting = Array.from({ length: 50 }, () => fetch(`${url}/version`).then(count))
  expect(await (await fetch(`${url}/`)).text()).toBe("client")
  expect(answered).toBe(0)
  letGo()
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([200]))
})

test("it is quiet when requests have ended, streams of events aside", async () => {
  const end = gate()
  const route = await release(async ({ url }, response) => {
    if (url === "/api/events") {
      response.setHeader("content-type", "text/event-stream").write("data: 1\n\n")
      return
    }
    await end.opened
    response.end()
  })
  const { front: made, url } = await front(route)
  const abort = new AbortController()
  const stream = await fetch(`${url}/api/events`, { signal: abort.signal })
  await made.quiet(5_000, abort.signal)
  const slow = fetch(`${url}/api/slow`)
  await expect.poll(() => made.quiet(1, abort.signal).then(() => "quiet", String)).toContain("within 1 ms")
  end.open()
  await slow
  await made.quiet(5_000, abort.signal)
  expect(stream.ok).toBe(true)
  abort.abort()
})

test("a caller that goes away ends its request at the server", async () => {
  const [begun, ended] = [gate(), gate()]
  const { url } = await front(
    await release((_, response) => {
      response.on("close", () => ended.open())
      response.write("x")
      begun.open()
    }),
  )
  const abort = new AbortController()
  const response = await fetch(`${url}/api/endless`, { signal: abort.signal })
  await begun.opened
  abort.abort()
  await ended.opened
  await expect(response.text()).rejects.toThrow()
})

test("a server that breaks off in the middle breaks the answer off, too", async () => {
  const { url } = await front(
    await release((_, response) => {
      response.setHeader("content-length", "10").write("half")
      setImmediate(() => response.destroy())
    }),
  )
  await expect(fetch(`${url}/api/half`).then((response) => response.text())).rejects.toThrow()
})

test("an upload arrives as it is sent, a download as it is answered", async () => {
  const seen: string[] = []
  const first = gate()
  const route = await release((request, response) => {
    request.on("data", (chunk: Buffer) => {
      seen.push(chunk.toString())
      first.open()
      response.write(chunk)
    })
    request.on("end", () => response.end())
  })
  const { url } = await front(route)
  const upload = ask(`${url}/api/echo`, { method: "POST" })
  upload.write("one")
  await first.opened
  const [response] = (await once(upload, "response")) as [IncomingMessage]
  expect(String((await once(response, "data")) as unknown)).toBe("one")
  upload.end("two")
  expect(await text(response)).toBe("two")
  expect(seen).toEqual(["one", "two"])
})

test("a large body comes through whole, with a length and without", async () => {
  const { url } = await front(await release((request, response) => request.pipe(response)))
  const body = Buffer.alloc(20_000_000, "0123456789")
  const withLength = await fetch(`${url}/api/echo`, { method: "PUT", body })
  expect(Buffer.from(await withLength.arrayBuffer()).equals(body)).toBe(true)
  const stream = new Blob([body]).stream()
  const without = await fetch(`${url}/api/echo`, {
    method: "POST",
    body: stream,
    duplex: "half",
  })
  expect(Buffer.from(await without.arrayBuffer()).equals(body)).toBe(true)
})

test("a caller that reads slowly slows the server down instead of filling the front", async () => {
  let written = 0
  const { url } = await front(
    await release((_, response) => {
      const more = () => {
        do written += 65_536
        while (response.write(Buffer.alloc(65_536)))
      }
      response.on("drain", more)
      more()
    }),
  )
  const [response] = (await once(get(`${url}/api/endless`), "response")) as [IncomingMessage]
  response.pause()
  let before = -1
  // It comes to a stand once the buffers between are full.
  while (before !== written) {
    before = written
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThan(64_000_000)
  response.destroy()
})

test("asks once more when the connection broke before an answer, and says 502 where that could do harm", async () => {
  let asked = 0
  const { url } = await front(
    await release((request, response) => {
      asked++
      if (asked === 1 || request.method === "POST") request.socket.destroy()
      else response.end("again")
    }),
  )
  expect(await (await fetch(`${url}/api/x`)).text()).toBe("again")
  const posted = await fetch(`${url}/api/x`, { method: "POST", body: "{}" })
  expect(posted.status).toBe(502)
  expect(await posted.json()).toMatchObject({ error: { code: "bad_gateway" } })
  expect(asked).toBe(3)
})

test("a caller that still sends is answered 502 when the server breaks off, and keeps its connection", async () => {
  const { url } = await front(
    await release((request, response) => {
      if (request.method === "GET") response.end("still here")
      else request.once("data", () => request.socket.destroy())
    }),
  )
  const head = "POST /api/x HTTP/1.1\r\nHost: front\r\nContent-Length: 8\r\n\r\nhalf"
  const socket = connect(Number(new URL(url).port), "127.0.0.1")
  socket.write(head)
  const [answer] = (await once(socket, "data")) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 502 /)
  socket.write("half" + "GET /api/y HTTP/1.1\r\nHost: front\r\nConnection: close\r\n\r\n")
  expect(await text(socket)).toMatch(/still here$/)
})

test("the headers of an answer come when they are known, and its body later", async () => {
  const end = gate()
  const { url } = await front(
    await release(async (_, response) => {
      response.flushHeaders()
      await end.opened
      response.end("body")
    }),
  )
  const response = await fetch(`${url}/api/late`)
  end.open()
  expect(await response.text()).toBe("body")
})

test("answers 502 when nobody listens at the release's port", async () => {
  const gone = await served(saying("x"))
  gone.close()
  await once(gone, "close")
  const route = await release(saying("x"))
  route.server.moveTo(gone.port)
  const { url } = await front(route)
  expect((await fetch(`${url}/version`)).status).toBe(502)
})

test("HEAD, 204 and 304 have no body and keep the connection right", async () => {
  const { url } = await front(
    await release(({ url: path, method }, response) => {
      if (path === "/api/304") response.writeHead(304, { etag: `"x"` }).end()
      else if (path === "/api/204") response.writeHead(204).end()
      else response.writeHead(200, { "content-length": "5" }).end(method === "HEAD" ? undefined : "hello")
    }),
  )
  const requests = ["HEAD /api/x", "GET /api/304", "GET /api/204"]
  const bytes = requests.map((line) => `${line} HTTP/1.1\r\nHost: front\r\n\r\n`).join("")
  const last = "GET /api/x HTTP/1.1\r\nHost: front\r\nConnection: close\r\n\r\n"
  const answer = await raw(url, bytes + last)
  expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toEqual([
    "HTTP/1.1 200",
    "HTTP/1.1 304",
    "HTTP/1.1 204",
    "HTTP/1.1 200",
  ])
  expect(answer.endsWith("\r\n\r\nhello")).toBe(true)
})

test("a caller that expects 100-continue gets it, and its answer", async () => {
  const { url } = await front(await release((request, response) => request.pipe(response)))
  const head =
    "POST /api/x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
  const answer = await raw(url, `${head}ok`)
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  expect(answer).toMatch(/ok$|2\r\nok\r\n0\r\n\r\n$/)
})

test("listens on another port instead, and requests under way on the old one end", async () => {
  const [begun, end] = [gate(), gate()]
  const { front: moved, url } = await front(
    await release(async (request, response) => {
      if (request.url === "/api/slow") {
        begun.open()
        await end.opened
      }
      response.end("done")
    }),
  )
  const slow = fetch(`${url}/api/slow`).then((response) => response.text())
  await begun.opened
  const free = await served(saying("x"))
  free.close()
  await once(free, "close")
  await moved.listen(free.port)
  expect(await (await fetch(`http://127.0.0.1:${free.port}/version`)).text()).toBe("done")
  end.open()
  expect(await slow).toBe("done")
  await expect(fetch(`${url}/version`)).rejects.toThrow()
})
