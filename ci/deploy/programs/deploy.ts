import { readFile } from "node:fs/promises"
import { z } from "zod"
import { jsonOf } from "../../json.js"
import { FLAGS } from "../../release/command-line.js"
import { Deployable } from "../../release/deployable.js"
import { builtRelease } from "../../targets/local/build.js"
import { UsageError } from "../../usage-error.js"
import { carryOut } from "../carry-out.js"
import { caller, CALLER, isOn, waitMs } from "./caller.js"
import { inEnvironment } from "./program.js"
import { finished, listener, title } from "../report.js"
import { tellPlan } from "../plan.js"

const SHAPE = {
  ...CALLER,
  release: z.string().optional(),
  "release-tag": FLAGS["release-tag"].optional(),
  "allow-breaking": z.literal("true").optional(),
}

/**
 * `npm run deploy -- --environment … [--release <file>] [--release-tag …] [--wait <seconds>] [--allow-breaking=true]
 * [--dry-run=true] [--by …] [--result <file>]`, with the settings in SETTINGS. Exit code 0 when the new version serves, 1 when
 * nothing was changed, 2 for wrong use, 3 when it was taken back, 4 when a person must look.
 */
await inEnvironment(SHAPE, async (opened) => {
  const { options, settings, target, say, signal } = opened
  const release = await releaseOf(options.release, settings.TARGET === "local", say)
  const order = { release, version: options["release-tag"] ?? "unreleased" }
  const request = {
    ...{ kind: "deploy" as const, settings, target, say, signal, listener: listener(say) },
    ...{ order: () => Promise.resolve(order), allowBreaking: isOn(options["allow-breaking"]) },
    ...{ waitMs: waitMs(options), by: caller(options), again: again(options) },
  }
  if (isOn(options["dry-run"])) return tellPlan(request)
  say(await title(request, order))
  return finished(await carryOut(request), request)
})

interface Asked {
  readonly "release-tag"?: string | undefined
  readonly "allow-breaking"?: "true" | undefined
}

function again({ "release-tag": tag, "allow-breaking": allowBreaking }: Asked): string[] {
  return [
    ...(tag === undefined ? [] : [`--release-tag ${tag}`]),
    ...(isOn(allowBreaking) ? ["--allow-breaking"] : []),
  ]
}

async function releaseOf(
  file: string | undefined,
  isLocal: boolean,
  say: (line: string) => void,
): Promise<Deployable> {
  if (file !== undefined) return recordIn(file)
  if (isLocal) return builtRelease(say)
  throw new UsageError(
    "expected --release <file> with the release record, as publish prints it; received none",
  )
}

async function recordIn(file: string): Promise<Deployable> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`expected a release record in ${file}, received: ${(error as Error).message}`)
  })
  // `npm run ci -- publish --json` prints it as the result of a function.
  const read = jsonOf(text)
  const wrapped = z.object({ result: z.unknown() }).safeParse(read)
  const parsed = Deployable.safeParse(wrapped.data?.result ?? read)
  if (parsed.success) return parsed.data
  throw new UsageError(
    `expected a release record in ${file}, as publish prints it, received something else`,
    { cause: parsed.error },
  )
}
