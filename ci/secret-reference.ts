import { readFileSync } from "node:fs"
import { UsageError } from "./usage-error.js"

/**
 * The secret that a reference leads to: `env://NAME` to an environment variable, `file://path` to a file. These are
 * Dagger's own forms: https://docs.dagger.io/features/secrets
 * @throws UsageError when there is nothing; the message has the reference, never what it leads to
 */
export function secretAt(
  reference: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const [, kind, place = ""] = /^(env|file):\/\/(.+)$/s.exec(reference) ?? []
  if (kind === "env") return found(environment[place], `the environment variable ${place} to be set`)
  if (kind === "file") return found(contents(place), `a file ${place} that can be read`)
  throw new UsageError("expected a secret as env://NAME or file://path, received something else (not shown)")
}

function found(secret: string | undefined, expected: string): string {
  if (secret) return secret
  throw new UsageError(`expected ${expected}, found ${secret === undefined ? "none" : "nothing in it"}`)
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return undefined
  }
}
