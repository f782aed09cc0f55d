import { z } from "zod"
import { connected } from "../../environment/database/connection.js"
import { deployments } from "../../environment/database/history.js"
import { isPrepared } from "../../environment/database/prepare.js"
import { EXIT } from "../../pipeline/outcome.js"
import { historyText } from "../history-text.js"
import { described } from "../result.js"
import { inEnvironment } from "./program.js"

/** `npm run deployments -- --environment … [--limit <number>] [--result <file>]`, with the settings in SETTINGS. */
await inEnvironment(
  {
    limit: z
      .string()
      .regex(/^\d{1,4}$/, "to be a number")
      .default("10"),
  },
  async (opened) => {
    const { options, target, say } = opened
    const client = await connected(target.databaseUrl)
    try {
      const known = (await isPrepared(client)) ? await deployments(client, Number(options.limit)) : []
      const serving = described(await target.serving())
      say(historyText(known, serving))
      return { exitCode: EXIT.passed, result: { serving, deployments: known } }
    } finally {
      await client.end()
    }
  },
)
