import { registryAddress } from "../../registry/address.js"
import { withDockerConfig } from "../../registry/docker-config.js"
import type { CallOptions } from "./docker-call.js"
import type { SwarmPlace } from "./swarm-place.js"

/**
 * Runs a docker command that makes nodes pull an image of a release, with the credentials of its registry where the
 * settings have some.
 * @param args without `--with-registry-auth`, which is added behind the first two words
 */
export async function pulling(
  place: SwarmPlace,
  [noun = "", verb = "", ...rest]: readonly string[],
  { reference, ...options }: CallOptions & { readonly reference: string },
) {
  return loggedIn(place, reference, (environment) => {
    const auth = environment ? ["--with-registry-auth"] : []
    return place.docker([noun, verb, ...auth, ...rest], { ...options, ...(environment && { environment }) })
  })
}

/**
 * Does something with docker's own credentials for the registry of an image, in a folder that only this user can read.
 * @param action is given what leads docker to them; undefined when the settings have none
 */
export async function loggedIn<Result>(
  { settings }: Pick<SwarmPlace, "settings">,
  reference: string,
  action: (environment: Readonly<Record<string, string>> | undefined) => Promise<Result>,
): Promise<Result> {
  const { REGISTRY_USER: user, REGISTRY_PASSWORD: password } = settings
  if (user === undefined || password === undefined) return action(undefined)
  const address = registryAddress(reference.slice(0, reference.lastIndexOf("/")))
  return withDockerConfig({ address, credentials: { user, password } }, (folder) =>
    action({ DOCKER_CONFIG: folder }),
  )
}

/** Whether two images are of one registry, as docker reads their names. */
export const isOfSameRegistry = (one: string, other: string) => registryOf(one) === registryOf(other)

function registryOf(reference: string): string {
  const [first = "", ...rest] = reference.split("/")
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io"
}
