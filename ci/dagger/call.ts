import type { ParsedCall } from "../call.js"

/**
 * The arguments of `dagger` that call the same function. Secrets are named, never given: Dagger reads the variable itself.
 * @param environment says which of the function's variables are set
 */
export function daggerArguments(
  { called, options }: Pick<ParsedCall, "called" | "options">,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const flags = (called.options ?? []).flatMap(({ name }) => {
    const value = options[name]
    return value === undefined ? [] : [`--${name}=${value}`]
  })
  const secrets = (called.variables ?? []).flatMap(({ name, secret }) =>
    secret !== undefined && environment[name] ? [`--${secret}=env://${name}`] : [],
  )
  const filled = called.fills === undefined ? [] : ["export", "--path", called.fills]
  return ["call", called.name, ...flags, ...secrets, ...filled]
}
