/** Puts `[redacted]` in place of secrets in a value that is about to be logged or stored. */
export type Redact = (value: unknown) => unknown

const mark = "[redacted]"
const secretName = /^(.*authorization|(set-)?cookie|.*api[-_]?key|.*secret|.*password|.*token)$/i

// Keys of this API, of the model companies, bearer tokens, and passwords inside URLs.
const secretShapes: readonly [RegExp, string][] = [
  [/\baca_[0-9a-f-]{36}_[\w-]+/g, mark],
  [/\bsk-[\w-]{8,}/g, mark],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${mark}`],
  [/(\/\/[^/\s:@]*:)[^/\s@]+@/g, `$1${mark}@`],
]

/**
 * A redaction that knows secrets by the name of their field, by their shape, and by their value.
 * @param secrets The values of secret settings; short ones are left alone, they would hit ordinary words.
 */
export function redaction(secrets: readonly (string | undefined)[]): Redact {
  const known = secrets.filter((secret) => secret !== undefined && secret.length >= 6)
  const text = (value: string) => redactText(value, known)
  return (value) => redactValue(value, text, 0)
}

/** A text without the given secrets and without anything that has the shape of one. */
export function redactText(text: string, secrets: readonly (string | undefined)[]): string {
  const shaped = secretShapes.reduce((left, [shape, by]) => left.replace(shape, by), text)
  return secrets.reduce<string>((left, secret) => (secret ? left.replaceAll(secret, mark) : left), shaped)
}

function redactValue(value: unknown, text: (value: string) => string, depth: number): unknown {
  if (typeof value === "string") return text(value)
  if (typeof value === "bigint") return value.toString()
  if (typeof value !== "object" || value === null || value instanceof Date) return value
  // Deeper than any field of ours: it would be a circle.
  if (depth > 8) return "[too deep]"
  if (Array.isArray(value)) return value.map((entry) => redactValue(entry, text, depth + 1))
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    secretName.test(name) ? mark : redactValue(inner, text, depth + 1),
  ])
  return Object.fromEntries(entries) as Record<string, unknown>
}
