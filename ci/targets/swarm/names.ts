import { randomBytes } from "node:crypto"
import { project } from "../../pipeline/project.js"
import type { SwarmSettings } from "../../environment/settings/settings.js"
import type { Colour } from "../target.js"

/** The two parts of a release, each a service of its own. */
export type Part = "server" | "client"
export const PARTS: readonly Part[] = ["server", "client"]

/** Where the parts listen in their containers. */
export const PART_PORT = { server: project.server.defaultPort, client: project.client.defaultPort } as const

/** Prefix of everything that an environment has in the swarm. */
export function stackName({ STACK, environment }: Pick<SwarmSettings, "STACK" | "environment">): string {
  return STACK ?? `${project.name}-${environment}`
}

export const frontName = (stack: string) => `${stack}-front`

/** The volume, on the front's node, that says which colour serves. */
export const colourVolume = (stack: string) => `${stack}-colour`

/** A service's name is also its host name in the stack's network. */
export const partName = (stack: string, part: Part, colour: Colour) => `${stack}-${part}-${colour}`

/** A name that was not there before: secrets and configs can't be changed, and nothing in it tells of the content. */
export const uniqueName = (prefix: string) => `${prefix}-${randomBytes(6).toString("hex")}`
