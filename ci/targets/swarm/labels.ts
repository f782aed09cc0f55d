import { z } from "zod"
import { Deployable } from "../../release/deployable.js"
import type { Colour, Instance } from "../target.js"

/** Labels of everything in the swarm that belongs to an environment. */
export const LABEL = {
  stack: "delivery.stack",
  environment: "delivery.environment",
  colour: "delivery.colour",
  release: "delivery.release",
  version: "delivery.version",
  /** On what a one-off command needs. */
  once: "delivery.once",
  /** Fingerprint of what the front was made of. */
  front: "delivery.front",
} as const

type Labels = Readonly<Record<string, string>>

/** Labels of a service of an instance, from which the instance can be read again. */
export function instanceLabels({ colour, release, version }: Instance): Labels {
  return { [LABEL.colour]: colour, [LABEL.version]: version, [LABEL.release]: JSON.stringify(release) }
}

const Readable = z.object({ [LABEL.release]: z.string(), [LABEL.version]: z.string() })

/** The instance that a service's labels tell of. @throws when they are not those of a deploy */
export function labelledInstance(colour: Colour, labels: Labels): Instance {
  const { [LABEL.release]: release, [LABEL.version]: version } = Readable.parse(labels)
  return { colour, version, release: Deployable.parse(JSON.parse(release)) }
}

/** Arguments of docker that set labels. */
export const labelArgs = (labels: Labels) =>
  Object.entries(labels).flatMap(([name, value]) => ["--label", `${name}=${value}`])

/** Arguments of docker that choose by labels. */
export const filterArgs = (labels: Labels) =>
  Object.entries(labels).flatMap(([name, value]) => ["--filter", `label=${name}=${value}`])
