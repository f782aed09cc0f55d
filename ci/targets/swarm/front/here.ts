import { DockerError } from "../docker-call.js"
import { colourVolume, frontName } from "../names.js"
import type { SwarmPlace } from "../swarm-place.js"
import { isWanted, tasksOf } from "../tasks.js"
import { hasKept } from "./colour.js"

/**
 * Whether a front that does not run on the node that docker is called on has its place there: only there is its volume,
 * which says which colour serves.
 * @throws when it runs on another node, or never stood on this one
 */
export async function expectHere(place: SwarmPlace): Promise<void> {
  const name = frontName(place.stack)
  // Of a node that is gone, swarm goes on telling the last that it heard.
  const runs = (await tasksOf(place, name)).some((task) => isWanted(task) && task.Status.State === "running")
  if (!runs && (await hasKept(place))) return
  const found = runs ? "it runs on another one" : `no volume ${colourVolume(place.stack)} there`
  throw new DockerError(
    `expected the front ${name} on the node that DOCKER_HOST reaches, found ${found}; let DOCKER_HOST reach ` +
      `its node, or, when that node is gone for good, docker service rm ${name} and deploy`,
  )
}
