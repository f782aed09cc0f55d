import { project } from "../../pipeline/project.js"

type Document = Readonly<Record<string, string>>

/** The environment in which keys of real accounts belong; every other one takes sandbox keys only. */
export const PRODUCTION = "production"

/** The keys of other companies' services in a document. */
export function serviceKeys(given: Document): string[] {
  return project.serviceKeys.filter((name) => name in given)
}

/** Keys of real accounts outside production; names only. */
export function keyProblems(environment: string, given: Document): string[] {
  if (environment === PRODUCTION) return []
  const declared = (given["SANDBOX_KEYS"] ?? "").split(/[\s,]+/)
  const live = serviceKeys(given).filter((name) => !declared.includes(name))
  return live.map(
    (name) =>
      `${name} is wrong: expected the key of a sandbox account outside ${PRODUCTION}; when it is one, name it in SANDBOX_KEYS`,
  )
}

/** What production should know of its keys: those that are a sandbox's. */
export function keyNotices(
  environment: string,
  settings: { readonly SANDBOX_KEYS: readonly string[]; readonly platform: Document },
): string[] {
  if (environment !== PRODUCTION) return []
  const sandbox = serviceKeys(settings.platform).filter((name) => settings.SANDBOX_KEYS.includes(name))
  return sandbox.map((name) => `${environment} runs with a sandbox key: ${name}`)
}
