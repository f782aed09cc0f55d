import { relative } from "node:path"
import type { ParsedCall } from "./call.js"
import { down } from "./host/platform/control.js"
import type { FunctionResult } from "./pipeline/outcome.js"
import { localDown } from "./targets/local/down.js"
import { placesIn } from "./targets/local/places.js"

/** Ends this checkout's `up` and its deploy to `local`, and says which of both there was. */
export async function takenDown({ json }: Pick<ParsedCall, "json">): Promise<FunctionResult> {
  const started = performance.now()
  const wasUp = await down()
  const wasDeployed = await localDown()
  ;(json ? process.stderr : process.stdout).write(`${said(wasUp, wasDeployed)}\n`)
  const seconds = Math.round(performance.now() - started) / 1000
  return {
    function: "down",
    executor: "host",
    outcome: "passed",
    seconds,
    stages: [],
    result: { was: wasUp ? "up" : "down", local: wasDeployed ? "up" : "down" },
  }
}

function said(wasUp: boolean, wasDeployed: boolean): string {
  const ended = [
    ...(wasUp ? ["The platform is down."] : []),
    ...(wasDeployed
      ? [
          `What was deployed to local is down; its data is in ${relative(".", placesIn().database)} for the next deploy.`,
        ]
      : []),
  ]
  return ended.length > 0 ? ended.join("\n") : "Nothing was up."
}
