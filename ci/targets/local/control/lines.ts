import type { Socket } from "node:net"
import { createInterface } from "node:readline"

/** Writes a value as a line of JSON. On a connection that has closed it is lost. */
export function tell(socket: Socket, value: unknown): void {
  if (socket.writable) socket.write(`${JSON.stringify(value)}\n`)
}

/** Calls back for every line of a connection, parsed; a line that is no JSON closes it. */
export function onLine(socket: Socket, heard: (value: unknown) => void): void {
  const lines = createInterface({ input: socket })
  // It tells the connection's errors once more; `close` follows each.
  lines.on("error", () => undefined)
  lines.on("line", (line) => {
    try {
      heard(JSON.parse(line))
    } catch {
      socket.destroy()
    }
  })
}
