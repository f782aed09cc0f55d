import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { expect, onTestFinished, test } from "vitest"
import { connectTo } from "../../../targets/local/control/connection.js"
import { localDown } from "../../../targets/local/down.js"
import { placesIn } from "../../../targets/local/places.js"

/** The folder of a daemon as another version of the checkout has left it running. */
async function otherDaemon(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "local-"))
  const server = createServer((socket) => speak(socket)).listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })
  const { port } = server.address() as AddressInfo
  await writeFile(placesIn(folder).address, JSON.stringify({ port, word: "word" }))
  return folder
}

function speak(socket: Socket): void {
  const tell = (value: object) => socket.write(`${JSON.stringify(value)}\n`)
  createInterface({ input: socket }).on("line", (line) => {
    const { id, call } = JSON.parse(line) as { id?: number; call?: string }
    if (id === undefined) tell({ welcome: true, protocol: 0 })
    else if (call === "down") {
      tell({ id })
      socket.end()
    }
  })
}

test("a daemon of another version is refused, and ended by down, as the refusal says", async () => {
  const folder = await otherDaemon()
  await expect(connectTo(placesIn(folder).address)).rejects.toThrow("end it with npm run ci -- down")
  expect(await localDown(folder)).toBe(true)
})
