import { parseArgs } from "node:util"
import { project } from "../pipeline/project.js"
import { UsageError } from "../usage-error.js"
import type { ImageBuild, ImageName } from "./build-command.js"

/** What a caller may say of an image. */
export type BuildOptions = Pick<ImageBuild, "name" | "platform"> & {
  readonly commit?: string | undefined
  readonly source?: string | undefined
}

const USAGE = `npm run image:<${Object.keys(project.images).join("|")}> -- [--commit-sha <sha>] [--source-url <url>] [--platform <platform>]`

const flag = { type: "string" } as const

/**
 * What the arguments after `ci/images/build.ts` ask for.
 * @throws {UsageError}
 */
export function buildOptions(args: readonly string[]): BuildOptions {
  const { values, positionals } = parsed(args)
  const [name = ""] = positionals
  expected(
    positionals.length === 1 && isImage(name),
    `an image, received "${positionals.join(" ")}"; ${USAGE}`,
  )
  const { "commit-sha": commit, "source-url": source, platform } = values
  const isCommit = commit === undefined || /^[0-9a-f]{7,64}$/.test(commit)
  expected(isCommit, `--commit-sha to be 7 to 64 hexadecimal digits, received "${commit ?? ""}"`)
  expectOne(platform)
  return { name, commit, source, platform }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { "commit-sha": flag, "source-url": flag, platform: flag },
      allowPositionals: true,
    })
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : String(cause)}; expected ${USAGE}`, {
      cause,
    })
  }
}

function expectOne(platform: string | undefined): void {
  const advice = "several at once need buildx or the Dagger function publish; here, build one after the other"
  const isOne = platform === undefined || /^[\w.-]+(\/[\w.-]+){0,2}$/.test(platform)
  expected(
    isOne,
    `--platform to be one platform such as linux/amd64, received "${platform ?? ""}"; ${advice}`,
  )
}

function isImage(name: string): name is ImageName {
  return name in project.images
}

function expected(condition: boolean, what: string): asserts condition {
  if (!condition) throw new UsageError(`expected ${what}`)
}
