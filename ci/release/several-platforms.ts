import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { buildArguments, type ImageBuild } from "../images/build-command.js"
import { docker } from "../images/docker.js"
import type { Push } from "../images/push.js"
import { Digest } from "../registry/descriptor.js"
import { ReleaseFailure } from "./failure.js"

const Metadata = z.object({ "containerimage.digest": Digest })

/**
 * Arguments of docker that build an image for several platforms and push it at once: the daemon's own store can't hold
 * such an image.
 * @param metadata the file that the digest is written into
 */
export function buildxArguments(build: ImageBuild, push: Push, metadata: string): string[] {
  const [, ...args] = buildArguments(build)
  // Its tag on this machine would be pushed too, to another registry.
  const untagged = args.filter((argument, index) => argument !== "--tag" && args[index - 1] !== "--tag")
  const tag = ["--tag", `${push.repository}:${push.tag}`]
  return ["buildx", "build", "--push", "--provenance=false", "--metadata-file", metadata, ...tag, ...untagged]
}

/**
 * Builds an image for several platforms and pushes it.
 * @returns the digest of its index
 * @throws ReleaseFailure when docker has no buildx, or it fails
 */
export async function pushSeveral(build: ImageBuild, push: Push): Promise<string> {
  const env = { DOCKER_CONFIG: push.config }
  const options = { env, stdin: "ignore", reject: false } as const
  const version = await docker(["buildx", "version"], options)
  if (version.failed) throw withoutBuildx(build, version.stderr.trim().split("\n")[0])
  const metadata = join(push.config, `${build.name}.json`)
  const shown = { ...options, stdout: process.stderr, stderr: "inherit" } as const
  const { failed, shortMessage } = await docker(buildxArguments(build, push, metadata), shown)
  if (failed) throw new ReleaseFailure(`expected buildx to build and push ${build.name}: ${shortMessage}`)
  return Metadata.parse(JSON.parse(await readFile(metadata, "utf8")))["containerimage.digest"]
}

function withoutBuildx({ platform }: ImageBuild, reason = "nothing"): ReleaseFailure {
  const advice = "install docker buildx, name one platform, or publish with Dagger"
  return new ReleaseFailure(
    `expected docker buildx, to build for ${platform}; received: ${reason}; ${advice}`,
  )
}
