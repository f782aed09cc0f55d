/** One way in that a server offers with a 401: RFC 9110, section 11.6.1. */
export interface Challenge {
  /** In small letters: `basic`, `bearer`. */
  readonly scheme: string
  /** By name in small letters: `realm`, `service`, `scope`, `error`. */
  readonly parameters: Readonly<Record<string, string>>
}

/** A scheme, which parameters or the end follow; or a parameter with its value, quoted or not. */
const PART =
  /(?:^|,)\s*([a-z][\w-]*)(?:\s+(?=[\w-]+\s*=)|\s*(?=,|$))|([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi

/** Reads a `WWW-Authenticate` header, which may hold several challenges. */
export function challenges(header: string): Challenge[] {
  const found: { scheme: string; parameters: Record<string, string> }[] = []
  for (const [, scheme, name, quoted, plain] of header.matchAll(PART)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: {} })
    const value = quoted?.replace(/\\(.)/g, "$1") ?? plain ?? ""
    const last = found.at(-1)
    if (name !== undefined && last) last.parameters[name.toLowerCase()] = value
  }
  return found
}
