import { once } from "node:events"
import { connect, type Socket } from "node:net"

/** A request that creates a workflow slowly: its headers now, the rest of its body when the test says so. */
export function slowRequest(url: string, key: string) {
  const body = JSON.stringify({ goal: "slow", steps: [{ name: "n", prompt: "p" }] })
  const socket: Socket = connect(Number(new URL(url).port), "127.0.0.1")
  // A server that is made to end at once resets it.
  socket.on("error", () => undefined)
  const head = ["POST /api/workflows HTTP/1.1", "host: x", `authorization: Bearer ${key}`]
  const more = ["content-type: application/json", `content-length: ${body.length}`]
  socket.write(`${[...head, ...more].join("\r\n")}\r\n\r\n${body.slice(0, 5)}`)
  const finish = async () => {
    socket.write(body.slice(5))
    const [answer] = (await once(socket, "data")) as [Buffer]
    return answer.toString()
  }
  return { socket, finish }
}
