import { parseArgs } from "node:util"
import type { LockOptions } from "./lock.js"
import { markRolledBack } from "./resolve.js"
import { databaseUrl } from "./settings.js"

const usage = `Usage: npx prisma migrate resolve --rolled-back <name of a failed migration>

Marks a failed migration as rolled back, so that \`npx prisma migrate deploy\` applies it again. Needs DATABASE_URL.`

/**
 * Carries out `prisma migrate resolve` in place of Prisma, whose own needs an engine that has to be downloaded.
 *
 * @param argv as in `process.argv`
 * @param lock how to wait for a migration that runs now
 * @returns the exit code: 0 marked, 1 not possible, 2 wrong use
 */
export async function resolveCommand(argv: readonly string[], lock: LockOptions): Promise<number> {
  const name = nameIn(argv.slice(2))
  if (name === "help") return tell(usage, 0)
  if (name instanceof Error) return tell(`${name.message}\n\n${usage}`, 2)
  try {
    return tell(await markRolledBack(name.rolledBack, { url: databaseUrl(process.env), lock }), 0)
  } catch (error) {
    return tell(`Error: ${error instanceof Error ? error.message : String(error)}`, 1)
  }
}

function tell(text: string, code: number): number {
  if (code === 0) console.log(text)
  else console.error(text)
  return code
}

function nameIn(words: string[]): { rolledBack: string } | "help" | Error {
  try {
    const { values, positionals } = parse(words)
    if (values.help) return "help"
    if (values.applied !== undefined)
      return new Error(
        "expected --rolled-back, received --applied, which is not offered here: a migration counts as applied only when its script was.",
      )
    if (positionals.length > 2)
      return new Error(
        `expected one name after --rolled-back, received also: ${positionals.slice(2).join(" ")}.`,
      )
    const rolledBack = values["rolled-back"]
    return rolledBack ? { rolledBack } : new Error("expected --rolled-back <name>, received no name.")
  } catch (error) {
    return new Error(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function parse(words: string[]) {
  return parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      "rolled-back": { type: "string" },
      applied: { type: "string" },
      schema: { type: "string" },
      config: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  })
}
