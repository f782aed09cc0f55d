import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { scratch } from "../../../../host/reaper/scratch.js"
import { Supervised } from "../../../../targets/local/daemon/supervised.js"

const SERVER = `require("node:http").createServer((_, response) => response.end("up")).listen(process.argv[1], "127.0.0.1")`

/** A port that somebody else has. */
async function takenPort(): Promise<number> {
  const stranger = createServer().listen(0, "127.0.0.1")
  await once(stranger, "listening")
  onTestFinished(() => void stranger.close())
  return (stranger.address() as AddressInfo).port
}

/** Supervises a script, which is given a port. */
function supervised(script: string, ports: (port: number) => number = (port) => port) {
  const own = scratch()
  const moves: number[] = []
  const made = new Supervised({
    program: (port) => ({
      argv: [process.execPath, "--eval", script, `${ports(port)}`],
      folder: own.folder,
      environment: {},
    }),
    ...{ log: join(own.folder, "log"), scratch: own, isNeeded: () => false },
    moved: (port) => void moves.push(port),
  })
  onTestFinished(() => own.clear())
  return { process: made, moves }
}

test("takes another port when somebody else took its own before it could", async () => {
  const taken = await takenPort()
  const { process: server, moves } = supervised(SERVER, (port) => (moves.length === 1 ? taken : port))
  await server.start()
  await expect.poll(() => moves.length).toBe(2)
  const asked = () => fetch(`http://127.0.0.1:${server.port}`).then((response) => response.text(), String)
  await expect.poll(asked, { timeout: 10_000 }).toBe("up")
  expect(server.fault).toBeUndefined()
})

test("says with what it ended, and its last words", async () => {
  const { process: broken } = supervised(`console.log("a line"); throw new TypeError("on purpose")`)
  await broken.start()
  await expect
    .poll(() => broken.fault, { timeout: 10_000 })
    .toBe("ended with exit code 1: TypeError: on purpose")
})

test("is not started any more once it was ended", async () => {
  const { process: server, moves } = supervised(SERVER)
  await server.end(new AbortController().signal)
  await server.start()
  expect(moves).toEqual([])
})
