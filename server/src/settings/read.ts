import { z } from "zod"

/** An environment as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Thrown when settings are missing or wrong. The message has a line for each, names only, never a value. */
export class SettingsError extends Error {
  override name = "SettingsError"

  /** @param problems One line for each setting, starting with its name. */
  constructor(readonly problems: readonly string[]) {
    const lines = problems.map((problem) => `\n  ${problem}`).join("")
    super(`settings are missing or wrong; set them in the environment or in .env, see .env.example:${lines}`)
  }
}

/**
 * The settings that a schema asks for, from an environment. An empty text counts as not set.
 * @param rule Gives the problems that only show when settings are seen together, one line each.
 * @throws SettingsError naming every missing or wrong setting.
 */
export function readVariables<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
  rule: (present: Environment) => string[] = () => [],
) {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""))
  const result = schema.safeParse(present)
  const names = new Set(result.error?.issues.map((issue) => String(issue.path[0])))
  const problems = [...[...names].map((name) => problem(name, present, schema)), ...rule(present)]
  if (!result.success || problems.length > 0) throw new SettingsError(problems)
  return result.data
}

// The JSON schema has each description in its place, whatever wraps the type that was described.
function problem(name: string, present: Environment, schema: z.ZodObject) {
  const { properties } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })
  const property = properties?.[name]
  const expected = (typeof property === "object" && property.description) || "a value"
  return `${name} ${present[name] === undefined ? "is missing" : "is wrong"}: expected ${expected}`
}
