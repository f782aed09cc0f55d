import { z } from "zod"
import { carryOut } from "../carry-out.js"
import { earlierRelease } from "../earlier-release.js"
import { tellPlan } from "../plan.js"
import { finished, listener, title } from "../report.js"
import { caller, CALLER, isOn, waitMs } from "./caller.js"
import { inEnvironment } from "./program.js"

/**
 * `npm run rollback -- --environment … [--to <version, commit or number>] [--wait <seconds>] [--dry-run=true] [--by …]
 * [--result <file>]`, with the settings in SETTINGS. Exit codes as those of deploy.
 */
await inEnvironment({ ...CALLER, to: z.string().optional() }, async (opened) => {
  const { options, settings, target, say, signal } = opened
  const request = {
    ...{ kind: "rollback" as const, settings, target, say, signal, listener: listener(say) },
    ...{ order: earlierRelease(options.to), allowBreaking: false },
    ...{ waitMs: waitMs(options), by: caller(options) },
    again: options.to === undefined ? [] : [`--to ${options.to}`],
  }
  if (isOn(options["dry-run"])) return tellPlan(request)
  say(await title(request))
  return finished(await carryOut(request), request)
})
