import { parseArgs } from "node:util"
import { checkHealth, checkVersion } from "./operations.js"
import { checkPage } from "./page.js"
import { checkJourney } from "./journey.js"
import { SmokeFailure } from "./failure.js"

const USAGE =
  "SMOKE_API_KEY=… npm run smoke -- --server-url <server> [--client-url <client>] [--commit-sha <sha>]"

const flags = { type: "string" } as const

/**
 * `npm run smoke`: whether a running platform works, seen from outside. Exit code 0 when it does, 1 when it doesn't, 2 for wrong use.
 * May run in production: it calls no model but the sandbox, and removes what it made.
 */
async function main(args: string[]): Promise<number> {
  const options = { "server-url": flags, "client-url": flags, "commit-sha": flags }
  const { values } = parseArgs({ args, options, strict: true })
  const key = process.env["SMOKE_API_KEY"]
  if (values["server-url"] === undefined || !key) {
    console.error(`expected --server-url and the environment variable SMOKE_API_KEY; ${USAGE}`)
    return 2
  }
  const url = values["server-url"].replace(/\/+$/, "")
  await checkHealth(url)
  await checkVersion(url, values["commit-sha"])
  if (values["client-url"] !== undefined) await checkPage(values["client-url"], url)
  await checkJourney(url, key)
  return 0
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof SmokeFailure)) throw error
  console.error(`error: ${error.message}`)
  return 1
})
