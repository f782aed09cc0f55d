import { writeFile } from "node:fs/promises"
import { z } from "zod"
import { checkedOutCommit } from "../host/commit.js"
import { withDockerConfig } from "../registry/docker-config.js"
import { expectCheckedOut, expectNoChanges } from "./clean-commit.js"
import { flags, FLAGS, login } from "./command-line.js"
import { imageRepositories } from "./images.js"
import { recordText, run } from "./program.js"
import { promote } from "./promote.js"
import { buildAndPush } from "./pushing.js"
import type { ReleaseRecord } from "./record.js"
import { recordRelease } from "./recording.js"
import { findRecord } from "./store.js"

const PLATFORMS = /^[\w.-]+(\/[\w.-]+){1,2}(,[\w.-]+(\/[\w.-]+){1,2})*$/

/** @param head the commit that is checked out, which is meant when none is named */
const options = (head: string | undefined) => ({
  ...FLAGS,
  "commit-sha": head === undefined ? FLAGS["commit-sha"] : FLAGS["commit-sha"].default(head),
  "release-tag": FLAGS["release-tag"].optional(),
  "source-url": z.string().optional(),
  platform: z.string().regex(PLATFORMS, "to be such as linux/amd64,linux/arm64").optional(),
  result: z.string().optional(),
})
type Options = z.infer<z.ZodObject<ReturnType<typeof options>>>

/**
 * `npm run publish:images -- --registry-address … [--registry-user …] [--commit-sha …] [--source-url …] [--platform …] [--release-tag …]
 * [--result <file>]`: both images and the release record of a commit into a registry, through Docker. Prints the record,
 * and writes it into the file. A commit that has a record is not built again; with a release tag nothing is built at all.
 */
async function main(args: readonly string[]): Promise<ReleaseRecord> {
  const head = await checkedOutCommit()
  const { result, ...asked } = flags(args, options(head))
  const record = await published(asked, head)
  if (result !== undefined) await writeFile(result, recordText(record))
  return record
}

async function published(
  {
    "release-tag": version,
    "commit-sha": commit,
    "source-url": source,
    platform,
    ...where
  }: Omit<Options, "result">,
  head?: string,
) {
  const who = login(where, process.env)
  // What builds the images has no business with it, nor has docker, which finds it in its configuration.
  delete process.env["REGISTRY_PASSWORD"]
  const images = imageRepositories(who)
  if (version !== undefined) return promote(images, commit, version)
  await expectNoChanges(commit, head)
  const record = await findRecord(images, commit)
  if (record) return record
  expectCheckedOut(commit, head)
  return withDockerConfig(who, (config) =>
    buildAndPush(images, { commit, source, platform, config }, (pushed) => recordRelease(images, pushed)),
  )
}

await run(() => main(process.argv.slice(2)))
