import { registryAddress } from "../../registry/address.js"
import { withDockerConfig } from "../../registry/docker-config.js"
import type { CallOptions } from "./docker-call.js"
import type { SwarmPlace } from "./swarm-place.js"

/**
 * Runs a docker command that makes nodes pull an image, with the credentials of the image's registry where the settings
 * have some. They are in a folder that only this user can read, while the command runs.
 * @param args without `--with-registry-auth`, which is added behind the first two words
 */
export async function pulling(
  { docker, settings }: SwarmPlace,
  [noun = "", verb = "", ...rest]: readonly string[],
  { reference, ...options }: CallOptions & { readonly reference: string },
) {
  const { REGISTRY_USER: user, REGISTRY_PASSWORD: password } = settings
  if (user === undefined || password === undefined) return docker([noun, verb, ...rest], options)
  const address = registryAddress(reference.slice(0, reference.lastIndexOf("/")))
  return withDockerConfig({ address, credentials: { user, password } }, (folder) =>
    docker([noun, verb, "--with-registry-auth", ...rest], {
      ...options,
      environment: { DOCKER_CONFIG: folder },
    }),
  )
}
