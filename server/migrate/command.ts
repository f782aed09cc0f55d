/**
 * Whether a command line is `prisma migrate <subcommand>`, wherever its options stand.
 *
 * @param argv as in `process.argv`: Node, the program, its arguments
 * @param subcommand for example `deploy`
 */
export function isMigrate(argv: readonly string[], subcommand: string): boolean {
  const words = argv.slice(2)
  return words.includes("migrate") && words.includes(subcommand)
}

/** Whether a command line is one that talks to a database: `prisma migrate …` or `prisma db …`. */
export function usesDatabase(argv: readonly string[]): boolean {
  const words = argv.slice(2)
  return words.includes("migrate") || words.includes("db")
}
