// A release's client as a process of its own: node serve-client.mjs <folder> <port> <config path> <config body>
// Plain JavaScript, so that it starts in a moment and needs no loader.
import { createServer } from "node:http"
import sirv from "sirv"

const [folder = "", port = "0", configPath = "", config = ""] = process.argv.slice(2)
const files = sirv(folder, { single: true, etag: true })

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  if (request.url?.split("?")[0] !== configPath) {
    files(request, response)
    return
  }
  response.setHeader("content-type", "text/javascript")
  response.end(config)
})

server.listen(Number(port), "127.0.0.1")
process.once("SIGTERM", () => {
  server.close()
  server.closeIdleConnections()
})
