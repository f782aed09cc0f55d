import type { IncomingMessage } from "node:http"

/** Headers of one connection, which a proxy does not pass on (RFC 9110, section 7.6.1); the body is framed anew. */
const HOP_BY_HOP = new Set([
  ...["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"],
  ...["proxy-authenticate", "proxy-authorization"],
])

/** Set by the front itself, or answered by it. */
const REPLACED = new Set([
  ...["expect", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"],
  ...HOP_BY_HOP,
])

/** The headers of a request as the upstream gets them: name, value, name, value … */
export function requestHeaders(request: IncomingMessage): string[] {
  const { headers, rawHeaders, socket } = request
  const kept = endToEnd(rawHeaders, REPLACED)
  const before = headers["x-forwarded-for"]
  const address = socket.remoteAddress ?? "unknown"
  kept.push("x-forwarded-for", before === undefined ? address : `${String(before)}, ${address}`)
  kept.push("x-forwarded-proto", "http", "x-forwarded-host", headers.host ?? "")
  return kept
}

/** The headers of an answer as the caller gets them. */
export function answerHeaders(raw: readonly (Buffer | string)[]): string[] {
  return endToEnd(
    raw.map((each) => (typeof each === "string" ? each : each.toString("latin1"))),
    HOP_BY_HOP,
  )
}

/** Also without what `Connection` names. */
function endToEnd(raw: readonly string[], removed: ReadonlySet<string>): string[] {
  const named = namedByConnection(raw)
  const kept: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]]
    const key = name.toLowerCase()
    if (!removed.has(key) && !named.includes(key)) kept.push(name, value)
  }
  return kept
}

function namedByConnection(raw: readonly string[]): readonly string[] {
  const named: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2)
    if (raw[index]?.toLowerCase() === "connection")
      named.push(...(raw[index + 1] ?? "").toLowerCase().split(/\s*,\s*/))
  return named
}
