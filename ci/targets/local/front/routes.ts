import { project } from "../../../pipeline/project.js"

/** Where a request goes: to the release's server, to its client, or nowhere. */
export type Destination = "server" | "client" | "nowhere"

/** Only for who watches the server; they ask it past the front. */
const HIDDEN = "/metrics"

/** Where a path leads. */
export function destination(target: string): Destination {
  const end = target.search(/[?#]/)
  const path = end < 0 ? target : target.slice(0, end)
  if (path === HIDDEN || path.startsWith(`${HIDDEN}/`)) return "nowhere"
  const isServers = project.serverPaths.some((prefix) =>
    prefix.endsWith("/") ? path.startsWith(prefix) : path === prefix,
  )
  return isServers ? "server" : "client"
}

/**
 * The path and query of a request's target, which may be a whole URL (RFC 9112, section 3.2.2).
 * @returns undefined when it has none, as `*`
 */
export function pathOf(target: string): string | undefined {
  if (target.startsWith("/")) return target
  if (!URL.canParse(target)) return undefined
  const { pathname, search } = new URL(target)
  return pathname.startsWith("/") ? pathname + search : undefined
}
