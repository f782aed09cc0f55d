import { declaredFunctions } from "../src/declared.js"

/** What a call of `dagger` has that the module does not; empty when a laptop can make the call as it stands. */
export function callProblems(line: string): string[] {
  const [, name = "", rest = ""] = /dagger call ([a-z-]+)(.*)/.exec(line) ?? []
  const declared = declaredFunctions().find((each) => each.name === name)
  if (!declared) return [`no function ${name}`]
  const own = rest.split(/ export\b/)[0] ?? ""
  const given = [...own.matchAll(/--([a-z-]+)/g)].map(([, flag]) => flag)
  const known = declared.flags.map((flag) => flag.name)
  const missing = declared.flags.filter(({ isRequired, isContext }) => isRequired && !isContext)
  return [
    ...given
      .filter((flag) => !known.includes(flag ?? ""))
      .map((flag) => `${name} has no flag --${flag ?? ""}`),
    ...missing.filter((flag) => !given.includes(flag.name)).map((flag) => `${name} needs --${flag.name}`),
  ]
}

/** Every call of `dagger` in a text. */
export function callsIn(text: string): string[] {
  return [...text.matchAll(/dagger call [^\n`'|]+/g)].map(([line]) => line.trim())
}
