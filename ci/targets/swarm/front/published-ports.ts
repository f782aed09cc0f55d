import { z } from "zod"
import { frontName } from "../names.js"
import type { SwarmPlace } from "../swarm-place.js"

const Ports = z
  .array(z.object({ PublishedPort: z.number() }))
  .nullish()
  .transform((ports) => (ports ?? []).map(({ PublishedPort }) => PublishedPort))

/** The ports on which the front's service is to listen on its node. */
export async function publishedPorts({ docker, stack }: SwarmPlace): Promise<number[]> {
  const format = "{{json .Spec.EndpointSpec.Ports}}"
  const { stdout } = await docker(["service", "inspect", "--format", format, frontName(stack)])
  return Ports.parse(JSON.parse(stdout))
}
