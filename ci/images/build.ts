import { checkedOutCommit } from "../host/commit.js"
import { UsageError } from "../usage-error.js"
import { buildArguments, imageTag, sizeArguments, type ImageBuild } from "./build-command.js"
import { docker, expectDaemon } from "./docker.js"
import { buildOptions, type BuildOptions } from "./options.js"
import { originSource } from "./source.js"

/**
 * `npm run image:server` and `npm run image:client`: an image from its Dockerfile, named by the commit. The last line is
 * its tag and its size. Exit code 0 when it is built, 1 when it isn't, 2 for wrong use.
 */
async function main(args: readonly string[]): Promise<number> {
  const options = buildOptions(args)
  await expectDaemon()
  const build = await withCheckout(options)
  const { failed } = await docker(buildArguments(build), {
    stdio: ["ignore", "inherit", "inherit"],
    reject: false,
  })
  if (failed) return 1
  console.log(`${imageTag(build)} ${await size(imageTag(build))}`)
  return 0
}

async function withCheckout(options: BuildOptions): Promise<ImageBuild> {
  const commit = options.commit ?? (await checkedOutCommit()) ?? "unknown"
  return { ...options, commit, source: options.source ?? (await originSource()) }
}

async function size(tag: string): Promise<string> {
  const { stdout } = await docker(sizeArguments(tag), {})
  return `${(Number(stdout) / 1e6).toFixed(1)} MB`
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return error instanceof UsageError ? 2 : 1
})
