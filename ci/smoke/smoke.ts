import { parseArgs } from "node:util"
import { SmokeFailure } from "./failure.js"
import { look } from "./look.js"

const USAGE =
  "SMOKE_API_KEY=… npm run smoke -- --server-url <server> [--client-url <client>] [--commit-sha <sha>]"

const flags = { type: "string" } as const

/**
 * `npm run smoke`: whether a running platform works, seen from outside. Exit code 0 when it does, 1 when it doesn't, 2 for
 * wrong use.
 */
async function main(args: string[]): Promise<number> {
  const options = { "server-url": flags, "client-url": flags, "commit-sha": flags }
  const { values } = parseArgs({ args, options, strict: true })
  const key = process.env["SMOKE_API_KEY"]
  const { "server-url": serverUrl, "client-url": clientUrl, "commit-sha": commit } = values
  if (serverUrl === undefined || !key) {
    console.error(`expected --server-url and the environment variable SMOKE_API_KEY; ${USAGE}`)
    return 2
  }
  await look({ serverUrl, clientUrl, commit, key, say: console.log })
  return 0
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof SmokeFailure)) throw error
  console.error(`error: ${error.message}`)
  return 1
})
