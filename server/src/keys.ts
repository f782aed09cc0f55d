import { parseKeysCommand, runKeysCommand, usage, UsageError } from "./api-keys/command.js"
import { openDatabase } from "./database/database.js"
import { loadEnvironmentFile } from "./settings/environment-file.js"
import { readVariables } from "./settings/read.js"
import { databaseVariables } from "./settings/variables.js"

loadEnvironmentFile()
try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof UsageError) console.error(usage)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function main(argv: string[]) {
  if (argv.includes("--help")) {
    console.log(usage)
    return
  }
  const command = parseKeysCommand(argv)
  const database = openDatabase(readVariables(databaseVariables, process.env).DATABASE_URL)
  try {
    for (const line of await runKeysCommand(database, command)) console.log(line)
  } finally {
    await database.close()
  }
}
