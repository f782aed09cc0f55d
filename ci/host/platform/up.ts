import type { FunctionResult } from "../../pipeline/outcome.js"
import type { RunContext } from "../run-context.js"
import { listenForDown } from "./control.js"
import { keyFile } from "./platform.js"

/** Prints where the platform is and stays until Ctrl-C, `down`, or the end of its server. */
export async function stayUp(context: RunContext): Promise<FunctionResult["result"]> {
  const { facts, reporter, signal } = context
  const result = {
    client: facts.clientUrl ?? "",
    server: facts.serverUrl ?? "",
    apiKeyFile: keyFile(context),
  }
  reporter.notice(
    [
      "",
      `The platform is up:  ${result.client}`,
      `Its API:             ${result.server}`,
      `A key for writing:   cat ${result.apiKeyFile}`,
      "",
      "Ctrl-C, or npm run ci -- down from elsewhere, takes everything away.",
      "",
    ].join("\n"),
  )
  const why = await Promise.race([listenForDown(signal), context.platformEnded ?? "down"])
  if (why !== "down") throw new Error(why)
  return result
}
