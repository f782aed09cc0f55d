import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { z } from "zod"
import type { Finding } from "./finding.js"
import { MigrationProblem } from "./problem.js"
import type { Script } from "./script.js"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))

/**
 * The rules that mean harm wherever a migration runs. What depends on the version that serves or on a table's size is
 * judged by `breaking` and `heavy`, and what is no SQL by PostgreSQL's own parser; the others object to what Prisma writes
 * of itself, or are matters of taste. See https://squawkhq.com/docs/rules
 */
const RULES = [
  "transaction-nesting",
  "ban-uncommitted-transaction",
  "ban-concurrent-index-creation-in-transaction",
  "ban-drop-database",
  "ban-truncate-cascade",
  "ban-alter-domain-with-add-constraint",
  "identifier-too-long",
]

/** Better words than squawk's. Prisma itself writes BEGIN and COMMIT around a changed enum. */
const INSTEAD: Readonly<Record<string, string>> = {
  "transaction-nesting":
    "remove BEGIN and COMMIT: a migration is applied as one anyway, and with them it may leave its first half behind",
  "ban-concurrent-index-creation-in-transaction": "make the index in a migration that has nothing else in it",
}

const Report = z.array(
  z.object({
    /** From 0. */
    line: z.number(),
    message: z.string(),
    help: z.string().nullish(),
    rule_name: z.string(),
  }),
)
type Report = z.infer<typeof Report>

/**
 * What squawk finds harmful in a migration.
 * @param postgresVersion of the environment's server, such as `17.10`
 * @throws MigrationProblem when squawk can't be run
 */
export async function lint(script: Script, postgresVersion: string): Promise<Finding[]> {
  const lines = script.sql.split("\n")
  const report = await squawk(script.sql, postgresVersion)
  const found = report.filter(({ rule_name }) => RULES.includes(rule_name))
  return found.map(({ line, message, help, rule_name }) => ({
    file: script.file,
    line: line + 1,
    statement: (lines[line] ?? "").trim(),
    why: `${message} [squawk: ${rule_name}]`,
    instead: INSTEAD[rule_name] ?? help ?? `see https://squawkhq.com/docs/${rule_name}`,
  }))
}

/** It ends with an error when it has found anything at all, so what it prints says whether it has run. */
async function squawk(sql: string, postgresVersion: string): Promise<Report> {
  const flags = ["--reporter", "json", "--assume-in-transaction", "--pg-version", postgresVersion]
  const { stdout, stderr, message } = await execa("squawk", flags, {
    ...{ input: sql, reject: false, preferLocal: true, localDir: ROOT },
  })
  try {
    return Report.parse(JSON.parse(stdout))
  } catch (cause) {
    const received = stderr || stdout || message || "nothing"
    throw new MigrationProblem(
      `expected squawk to lint a migration, received: ${received}; npm ci installs it`,
      {
        cause,
      },
    )
  }
}
