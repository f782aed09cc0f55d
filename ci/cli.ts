import { parseCall, type ParsedCall } from "./call.js"
import { runInDagger } from "./dagger/dagger.js"
import { chosen } from "./executor.js"
import { functionHelp, help, list } from "./help.js"
import { runOnHost } from "./host/host.js"
import { EXIT } from "./pipeline/outcome.js"
import { UsageError } from "./usage-error.js"

/**
 * The command line of the pipeline: arguments → function → executor → exit code.
 * @param argv what stands after `npm run ci --`
 * @returns the exit code, see `EXIT`
 */
export async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === "list") return say(list())
  if (argv[0] === "--help" || argv[0] === "-h" || argv[0] === "help") return say(help())
  try {
    const call = parseCall(argv, process.env)
    return call.help ? say(functionHelp(call.called)) : await carriedOut(call)
  } catch (error) {
    return refused(error)
  }
}

async function carriedOut(call: ParsedCall): Promise<number> {
  const { executor, why, environment } = await chosen(call)
  const where = executor === "host" ? "On this machine" : "In Dagger"
  process.stderr.write(`${where}: ${why} (--on host|dagger|auto)\n`)
  return executor === "host" ? runOnHost(call) : runInDagger(call, environment)
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return EXIT.passed
}

/** The one place where an error becomes text and an exit code. A wrong command line is told quietly. */
function refused(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`)
    return EXIT.usage
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return EXIT.failed
}
