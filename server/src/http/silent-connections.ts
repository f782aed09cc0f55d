import type { Server } from "node:http"
import type { Socket } from "node:net"

/**
 * The connections of a server over which nothing has come yet, such as a browser or a balancer opens to have one ready.
 * Node counts them as active: a server that closes would wait for them.
 */
export class SilentConnections {
  readonly #sockets = new Set<Socket>()

  /** @param server Whose connections are watched from now on. */
  constructor(server: Server) {
    server.on("connection", (socket) => {
      this.#sockets.add(socket)
      socket.once("close", () => this.#sockets.delete(socket))
    })
  }

  /** Closes those that are still silent. */
  close() {
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy()
  }
}
