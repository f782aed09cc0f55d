import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { join } from "node:path"
import { z } from "zod"
import { RUNS_FOLDER } from "../../report/newest-run.js"

const FILE = join(RUNS_FOLDER, "up.json")
const Address = z.object({ port: z.number(), token: z.string() })

/**
 * Lets `down` end this run: listens on 127.0.0.1 for a word that only who can read the checkout knows.
 * Unlike a process id in a file, it can't point at a stranger later.
 * @returns settled when `down` was called
 */
export async function listenForDown(signal: AbortSignal): Promise<"down"> {
  const token = randomBytes(18).toString("base64url")
  const server = createServer()
  await once(server.listen(0, "127.0.0.1"), "listening")
  server.unref()
  await mkdir(RUNS_FOLDER, { recursive: true })
  const { port } = server.address() as AddressInfo
  await writeFile(FILE, JSON.stringify({ port, token }), { mode: 0o600 })
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve("down"))
    // Ctrl-C may have come since the addresses were printed.
    if (signal.aborted) resolve("down")
    server.on("connection", (socket) => {
      socket.on("error", () => undefined)
      // The connection stays open until this process ends, so that `down` knows when all is gone.
      socket.on("data", (data) => (data.toString() === token ? resolve("down") : socket.destroy()))
    })
  })
}

/** Whether this checkout's platform is up. */
export async function isUp(): Promise<boolean> {
  const socket = await connected()
  socket?.destroy()
  return socket !== undefined
}

/**
 * Ends this checkout's `up` and returns when everything of it is gone.
 * @returns whether there was one
 */
export async function down(): Promise<boolean> {
  const socket = await connected()
  if (!socket) return false
  const closed = once(
    socket.on("error", () => undefined),
    "close",
  )
  socket.write(socket.token)
  await closed
  await rm(FILE, { force: true })
  return true
}

async function connected(): Promise<(Socket & { token: string }) | undefined> {
  const text = await readFile(FILE, "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  const { port, token } = Address.parse(JSON.parse(text))
  const socket = connect(port, "127.0.0.1")
  const isOpen = await once(socket, "connect").then(
    () => true,
    () => false,
  )
  return isOpen ? Object.assign(socket, { token }) : undefined
}
