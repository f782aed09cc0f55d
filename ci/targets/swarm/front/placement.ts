import { z } from "zod"
import { frontName } from "../names.js"
import type { SwarmPlace } from "../swarm-place.js"
import type { FrontThere } from "./front-arguments.js"

const Spec = z.object({
  EndpointSpec: z.object({ Ports: z.array(z.object({ PublishedPort: z.number() })).nullish() }).nullish(),
  TaskTemplate: z.object({
    Placement: z.object({ Constraints: z.array(z.string()).nullish() }).nullish(),
  }),
})

/** On which node the front's service is to run, and on which of its ports. */
export async function placement({
  docker,
  stack,
}: SwarmPlace): Promise<Pick<FrontThere, "ports" | "constraints">> {
  const { stdout } = await docker(["service", "inspect", "--format", "{{json .Spec}}", frontName(stack)])
  const { EndpointSpec, TaskTemplate } = Spec.parse(JSON.parse(stdout))
  return {
    ports: (EndpointSpec?.Ports ?? []).map(({ PublishedPort }) => PublishedPort),
    constraints: TaskTemplate.Placement?.Constraints ?? [],
  }
}
