import { execa } from "execa"
import { scratch } from "../reaper/scratch.js"
import { startPostgres } from "./cluster.js"

/**
 * Runs one command with a throwaway PostgreSQL, whose URL is in `DATABASE_URL`:
 * `npm run with-postgres -- npx vitest --project server`. Ends with the command's exit code.
 */
async function main([command, ...args]: readonly string[]): Promise<number> {
  if (command === undefined) {
    console.error("expected a command, received none; for example: npm run with-postgres -- npx vitest")
    return 2
  }
  const own = scratch()
  // The command shares the terminal and gets its own Ctrl-C; this process stays to clean up.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined)
  try {
    const { url } = await startPostgres(own)
    const env = { DATABASE_URL: url }
    const { exitCode } = await execa(command, args, { env, stdio: "inherit", reject: false })
    return exitCode ?? 1
  } finally {
    await own.clear()
  }
}

process.exitCode = await main(process.argv.slice(2))
