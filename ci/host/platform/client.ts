import { once } from "node:events"
import { existsSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import sirv from "sirv"
import { filled, type Facts } from "../../pipeline/facts.js"
import { project } from "../../pipeline/project.js"
import { BusyPort } from "./busy-port.js"

/**
 * Serves the built client on 127.0.0.1, with the API's base URL of this run.
 * @param port 0 for any free one
 * @throws when the client is not built, or the port is taken
 */
export async function serveClient(port: number, facts: Readonly<Facts>): Promise<Server> {
  const { directory, config } = project.client
  if (!existsSync(directory)) {
    throw new Error(`expected the built client in ${directory}, found nothing; run npm run ci -- build`)
  }
  const files = sirv(directory, { single: true, etag: true })
  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] !== config.path) {
      files(request, response)
      return
    }
    response.setHeader("content-type", "text/javascript")
    response.end(filled(config.body, facts))
  })
  await listening(server, port)
  return server.unref()
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    await once(server.listen(port, "127.0.0.1"), "listening")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error
    throw new BusyPort(`${port}`, "client", "--port")
  }
}

/** `http://127.0.0.1:<port>` of a listening server. */
export function address(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
