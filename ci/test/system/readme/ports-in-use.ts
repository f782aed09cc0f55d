import { once } from "node:events"
import { createServer } from "node:net"

/** Those of some ports of 127.0.0.1 that are taken. */
export async function portsInUse(...ports: number[]): Promise<number[]> {
  const taken = await Promise.all(ports.map(isTaken))
  return ports.filter((_, index) => taken[index])
}

async function isTaken(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1")
  try {
    await once(server, "listening")
  } catch {
    return true
  }
  server.close()
  await once(server, "close")
  return false
}
