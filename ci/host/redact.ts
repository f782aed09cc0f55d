import { isSecretName } from "../pipeline/environment.js"

/** Shorter values are words and numbers rather than secrets; hiding them would eat harmless text. */
const SHORTEST = 6
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi
/** API keys of the platform and of the services it calls. */
const KEYS = /\b(aca_[\w-]+_[\w-]{16,}|sk-[\w-]{16,}|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{16})\b/g

/** Keeps secrets out of all that a run prints and writes. */
export interface Redactor {
  /** Names a secret that came up during the run. */
  readonly learn: (secret: string) => void
  /** The text with every known secret, and all that looks like one, replaced by `***`. */
  readonly redact: (text: string) => string
}

/** @param environment whose variables with a secret's name hold the first secrets */
export function redactor(environment: Readonly<Record<string, string | undefined>>): Redactor {
  const secrets = new Set<string>()
  const learn = (secret: string) => {
    for (const form of forms(secret)) if (form.length >= SHORTEST) secrets.add(form)
  }
  for (const [name, value] of Object.entries(environment)) if (isSecretName(name)) learn(value ?? "")
  return { learn, redact: (text) => patterns(longestFirst(secrets).reduce(hidden, text)) }
}

/** A secret as it may turn up: whole, encoded, line by line as output is read, and the password of a URL alone. */
function forms(secret: string): string[] {
  const password = passwordOf(secret)
  const parts = [secret, password, decoded(password), ...secret.split(/\r?\n/)]
  return parts.flatMap((part) => [part, encodeURIComponent(part)])
}

function passwordOf(text: string): string {
  if (!URL.canParse(text)) return ""
  const { username, password } = new URL(text)
  // `postgres:postgres` keeps nobody out, and to hide its word would eat harmless text.
  return password === username ? "" : password
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const longestFirst = (secrets: ReadonlySet<string>) => [...secrets].sort((a, b) => b.length - a.length)
const hidden = (text: string, secret: string) => text.replaceAll(secret, "***")
const patterns = (text: string) =>
  text.replace(URL_PASSWORD, "$1***@").replace(BEARER, "$1 ***").replace(KEYS, "***")
