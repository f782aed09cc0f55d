import { z } from "zod"
import { digestIn } from "../registry/reference.js"
import { flags, FLAGS, login } from "./command-line.js"
import { UsageError } from "../usage-error.js"
import { imageRepositories } from "./images.js"
import { run } from "./program.js"
import { promote } from "./promote.js"
import type { ReleaseRecord } from "./record.js"
import { recordRelease } from "./recording.js"
import { findRecord } from "./store.js"

const USAGE = `npm run --silent release -- find | record | promote
  --registry-address <host[:port][/namespace]> --commit-sha <sha> [--registry-user <user>, with REGISTRY_PASSWORD]
  record:  --server-image <reference@digest> --client-image <reference@digest> --packages <folder>
  promote: --release-tag <v1.2.3>`

const { "release-tag": releaseTag, ...COMMON } = FLAGS
const PROMOTE = { ...COMMON, "release-tag": releaseTag }
const RECORD = {
  ...COMMON,
  "server-image": z.string("<reference@digest>"),
  "client-image": z.string("<reference@digest>"),
  packages: z.string("<folder with server.tsv and client.tsv>"),
}

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<ReleaseRecord | undefined>>> = {
  find,
  record,
  promote: promoted,
}

/**
 * `npm run release`: the release record of a commit, in the registry beside the images.
 * - `find` prints it, or nothing when there is none
 * - `record` makes what was pushed a release and prints its record
 * - `promote` adds a version to it and prints it
 */
async function main([name = "nothing", ...args]: readonly string[]): Promise<ReleaseRecord | undefined> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command) return command(args)
  throw new UsageError(`expected ${Object.keys(COMMANDS).join(", ")}; received ${name}\n${USAGE}`)
}

function find(args: readonly string[]): Promise<ReleaseRecord | undefined> {
  const values = flags(args, COMMON)
  return findRecord(imageRepositories(login(values, process.env)), values["commit-sha"])
}

function record(args: readonly string[]): Promise<ReleaseRecord> {
  const values = flags(args, RECORD)
  const images = imageRepositories(login(values, process.env))
  const server = digestIn(images.server.reference, values["server-image"])
  const client = digestIn(images.client.reference, values["client-image"])
  const { packages, "commit-sha": commit } = values
  return recordRelease(images, { commit, digests: { server, client }, packages })
}

function promoted(args: readonly string[]): Promise<ReleaseRecord> {
  const values = flags(args, PROMOTE)
  const images = imageRepositories(login(values, process.env))
  return promote(images, values["commit-sha"], values["release-tag"])
}

await run(() => main(process.argv.slice(2)))
