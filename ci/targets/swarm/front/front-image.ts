import { project } from "../../../pipeline/project.js"
import { isOfSameRegistry, loggedIn } from "../registry-login.js"
import type { SwarmPlace } from "../swarm-place.js"

/** The image that the front is made of. */
export const frontImage = ({ settings }: Pick<SwarmPlace, "settings">) =>
  settings.FRONT_IMAGE ?? project.bases.nginx

/**
 * Has the front's image on its node before anything is done to a front: one that is missing must not leave an environment
 * without a front, and a pull takes longer than a replacement may.
 * @param release an image of the release: the credentials of the settings are for its registry, and for no other
 * @throws DockerError
 */
export async function pullFrontImage(place: SwarmPlace, release: string, signal: AbortSignal): Promise<void> {
  const { docker } = place
  const image = frontImage(place)
  const there = await docker(["image", "inspect", "--format", "{{.Id}}", image], { signal, mayFail: true })
  if (there.exitCode === 0) return
  const pull = (environment?: Readonly<Record<string, string>>) =>
    docker(["image", "pull", "--quiet", image], { signal, ...(environment && { environment }) })
  await (isOfSameRegistry(image, release) ? loggedIn(place, release, pull) : pull())
}
