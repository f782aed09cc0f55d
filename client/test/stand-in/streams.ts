import type { ServerResponse } from "node:http"

import type { Run } from "../../src/runs/run"
import { hasEnded } from "../../src/runs/run"

/** The event streams that are open, by run. */
export function runStreams() {
  const open = new Map<ServerResponse, string>()
  const tell = (response: ServerResponse, run: Run) => {
    response.write(`id: ${run.version}\nevent: run\ndata: ${JSON.stringify(run)}\n\n`)
    if (hasEnded(run)) response.end("event: end\ndata: {}\n\n")
  }
  return {
    open(response: ServerResponse, run: Run) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
      response.write("retry: 1000\n\n: hello\n\n")
      open.set(response, run.id)
      response.on("close", () => open.delete(response))
      tell(response, run)
    },
    publish(run: Run) {
      for (const [response, id] of open) if (id === run.id) tell(response, run)
    },
    /** What a server says that goes away. */
    tellReconnect() {
      for (const response of open.keys()) response.end("event: reconnect\ndata: {}\n\n")
    },
    /** What a cable says that is cut. */
    breakAll() {
      for (const response of open.keys()) response.destroy()
    },
    count: () => open.size,
  }
}
