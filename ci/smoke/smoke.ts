import { parseArgs } from "node:util"
import { checkHealth, checkVersion } from "./operations.js"
import { checkPage } from "./page.js"
import { checkJourney } from "./journey.js"
import { SmokeFailure } from "./failure.js"

const USAGE = "SMOKE_API_KEY=… npm run smoke -- --url <server> [--client-url <client>] [--commit <sha>]"

const flags = { type: "string" } as const

/**
 * `npm run smoke`: whether a running platform works, seen from outside. Exit code 0 when it does, 1 when it doesn't, 2 for wrong use.
 * May run in production: it calls no model but the sandbox, and removes what it made.
 */
async function main(args: string[]): Promise<number> {
  const options = { url: flags, "client-url": flags, commit: flags }
  const { values } = parseArgs({ args, options, strict: true })
  const key = process.env["SMOKE_API_KEY"]
  if (values.url === undefined || !key) {
    console.error(`expected --url and the environment variable SMOKE_API_KEY; ${USAGE}`)
    return 2
  }
  const url = values.url.replace(/\/+$/, "")
  await checkHealth(url)
  await checkVersion(url, values.commit)
  if (values["client-url"] !== undefined) await checkPage(values["client-url"], url)
  await checkJourney(url, key)
  return 0
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof SmokeFailure)) throw error
  console.error(`error: ${error.message}`)
  return 1
})
