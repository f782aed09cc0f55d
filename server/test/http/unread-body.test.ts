import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { describe, expect, it, onTestFinished } from "vitest"
import { openServer } from "../platform/in-process.js"

const { running } = await openServer()
const size = 4_000_000
const part = "x".repeat(100_000)

/** Begins a request that has no key, and sends the first part of its body. */
async function begin(connection: string): Promise<Socket> {
  const socket = connect(running.port, "127.0.0.1")
  onTestFinished(() => void socket.destroy())
  const head = ["POST /api/workflows HTTP/1.1", "host: x", `connection: ${connection}`]
  const more = ["content-type: application/json", `content-length: ${size}`]
  socket.write(`${[...head, ...more].join("\r\n")}\r\n\r\n${part}`)
  const [answer] = (await once(socket, "data")) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /)
  return socket
}

/** Fails as soon as the server takes no more. */
async function sendRest(socket: Socket): Promise<void> {
  for (let sent = part.length; sent < size; sent += part.length)
    await new Promise<void>((resolve, reject) => {
      socket.write(part, (error) => {
        if (error) reject(error)
        else resolve()
      })
    })
}

describe("a request that is refused before its body was read", () => {
  it("is read to its end, and its connection then closed, when it is the last of that", async () => {
    const socket = await begin("close")
    await sendRest(socket)
    await once(socket, "end")
  })

  it("is read to its end, and the next one answered, when there is a next one", async () => {
    const socket = await begin("keep-alive")
    await sendRest(socket)
    socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
    const [answer] = (await once(socket, "data")) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /)
  })
})
