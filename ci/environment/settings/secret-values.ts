import { parse } from "dotenv"
import { isSecretName } from "../../pipeline/environment.js"

/** The values in a settings document that must never be printed. A URL counts for the password in it. */
export function secretValues(document: string): string[] {
  const entries = Object.entries(parse(document))
  return entries.filter(([name, value]) => isSecretName(name) || isSecretUrl(value)).map(([, value]) => value)
}

const isSecretUrl = (value: string) => URL.canParse(value) && new URL(value).password !== ""
