import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { imageTag, type ImageBuild, type ImageName } from "../images/build-command.js"
import { dockerProblem } from "../images/docker.js"
import { push, type Push } from "../images/push.js"
import { originSource } from "../images/source.js"
import { ReleaseFailure } from "./failure.js"
import { IMAGE_NAMES, type ImageRepositories } from "./images.js"
import { installedPackages } from "./installed-packages.js"
import type { Pushed } from "./recording.js"
import { pushSeveral } from "./several-platforms.js"

/** What is built and pushed, and as whom. */
export interface Order {
  readonly commit: string
  /** Where the code can be read; what git says when not said. */
  readonly source: string | undefined
  /** One or several, with commas in between; the daemon's own when not said. */
  readonly platform: string | undefined
  /** A folder with docker's configuration, in which are the credentials. */
  readonly config: string
}

/**
 * Builds both images, pushes them, and hands them on with what Debian's packages are in them.
 * @throws ReleaseFailure, RegistryFailure
 */
export async function buildAndPush<Result>(
  images: ImageRepositories,
  order: Order,
  next: (pushed: Pushed) => Promise<Result>,
): Promise<Result> {
  await expectDocker()
  const packages = await mkdtemp(join(tmpdir(), "aca-ci-packages-"))
  try {
    const digests = { server: "", client: "" }
    for (const name of IMAGE_NAMES) {
      digests[name] = await pushed(name, images, order)
      const image = `${images[name].reference}@${digests[name]}`
      await writeFile(join(packages, `${name}.tsv`), await installedPackages(image, order))
    }
    return await next({ commit: order.commit, digests, packages })
  } finally {
    await rm(packages, { recursive: true, force: true })
  }
}

async function expectDocker(): Promise<void> {
  const problem = await dockerProblem()
  if (problem === undefined) return
  const advice = "start Docker, name a running daemon in DOCKER_HOST, or publish with Dagger"
  throw new ReleaseFailure(`expected a Docker daemon that answers, received: ${problem}; ${advice}`)
}

async function pushed(name: ImageName, images: ImageRepositories, order: Order): Promise<string> {
  const { commit, source = await originSource(), platform, config } = order
  const local = imageTag({ name, commit })
  const target: Push = { local, repository: images[name].reference, tag: commit, config }
  if (platform?.includes(",")) return pushSeveral({ name, commit, platform, source }, target)
  await build({ name, commit, platform, source })
  return push(target)
}

async function build({ name, commit, platform, source }: ImageBuild): Promise<void> {
  const script = `image:${name}`
  const args = ["run", "--silent", script, "--", "--commit-sha", commit, "--source-url", source]
  const where = platform === undefined ? [] : ["--platform", platform]
  const { failed, shortMessage } = await execa("npm", [...args, ...where], {
    stdin: "ignore",
    stdout: process.stderr,
    stderr: "inherit",
    reject: false,
  })
  if (failed) throw new ReleaseFailure(`expected ${script} to build the image: ${shortMessage}`)
}
