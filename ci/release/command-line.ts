import { parseArgs } from "node:util"
import { z } from "zod"
import { registryAddress } from "../registry/address.js"
import type { Login } from "../registry/login.js"
import { UsageError } from "../usage-error.js"
import { Commit } from "./record.js"

/** Semantic versioning with a v in front. It can't have its `+build`: a tag of an image has no plus. */
const VERSION =
  /^v(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-(0|[1-9]\d*|\d*[a-z-][\da-z-]*)(\.(0|[1-9]\d*|\d*[a-z-][\da-z-]*))*)?$/i

/** The flags of both programs, by name. The message of each is what stands after the name when it is missing or wrong. */
export const FLAGS = {
  "registry-address": z.string("<host[:port][/namespace]>"),
  "registry-user": z.string().optional(),
  "commit-sha": Commit,
  "release-tag": z.string("<version>").regex(VERSION, "to be a version such as v1.2.3 or v1.2.3-rc.1"),
} as const

/**
 * Reads flags in the shape of a schema; an empty one is as good as none.
 * @throws UsageError, which names every flag that is missing or wrong
 */
export function flags<Shape extends z.ZodRawShape>(args: readonly string[], shape: Shape) {
  const given = strings(args, Object.keys(shape))
  const parsed = z.object(shape).safeParse(given)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(({ path: [name], message }) => {
    const received = given[String(name)]
    return `--${String(name)} ${message}${received === undefined ? "" : `, received ${received}`}`
  })
  throw new UsageError(`expected ${wrong.join("; and ")}`)
}

function strings(args: readonly string[], names: readonly string[]): Record<string, string> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]))
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true })
    const entries = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
    return Object.fromEntries(entries)
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

/**
 * Who asks, and where. The password comes in the environment alone: arguments can be seen by everybody on a machine.
 * @throws UsageError when only one of user and password is there; AddressError
 */
export function login(
  values: Readonly<{ "registry-address": string; "registry-user"?: string | undefined }>,
  environment: Readonly<Record<string, string | undefined>>,
): Login {
  const address = registryAddress(values["registry-address"])
  const user = values["registry-user"]
  const password = environment["REGISTRY_PASSWORD"]
  if (user && password) return { address, credentials: { user, password } }
  if (!user && !password) return { address }
  const lacking = user ? "REGISTRY_PASSWORD in the environment" : "--registry-user"
  throw new UsageError(`expected --registry-user and REGISTRY_PASSWORD, or neither; received no ${lacking}`)
}
