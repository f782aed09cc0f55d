import { z } from "zod"
import type { Colour } from "../../target.js"
import { colourVolume, frontName } from "../names.js"
import type { SwarmPlace } from "../swarm-place.js"
import { frontImage } from "./front-image.js"
import { KEPT, readScript, takeBackScript } from "./switch-script.js"

const PATIENCE_MS = 120_000

const Printed = z.enum(["blue", "green", ""])

/** Runs a script in the front's container as the user who may write what says which colour serves. */
const execArgs = (container: string, script: string) => ["exec", "--user", "0", container, "sh", "-c", script]

/** The colour that a front leads to; undefined for none. */
export async function frontColour({ docker }: SwarmPlace, container: string): Promise<Colour | undefined> {
  const { stdout } = await docker(execArgs(container, readScript()))
  return Printed.parse(stdout.trim()) || undefined
}

/** Makes a front lead to what is kept: a switch that a deploy left open is taken back. */
export async function takeBackSwitch({ docker }: SwarmPlace, container: string): Promise<void> {
  await docker(execArgs(container, takeBackScript()))
}

/**
 * The colour that a front which does not run led to, and will lead to when it runs again.
 * @returns undefined for none, and when the node that docker is called on has nothing of a front
 */
export async function keptColour(place: SwarmPlace): Promise<Colour | undefined> {
  if (!(await hasKept(place))) return undefined
  const volume = `type=volume,source=${colourVolume(place.stack)},target=${KEPT},readonly`
  const bare = ["--rm", "--network", "none", "--read-only", "--cap-drop", "ALL", "--user", "0"]
  const script = ["--mount", volume, "--entrypoint", "sh", await imageThere(place), "-c", readScript()]
  const { stdout } = await place.docker(["run", ...bare, ...script], {
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return Printed.parse(stdout.trim()) || undefined
}

/** What the front was made of last, unless the node has lost it. */
async function imageThere(place: SwarmPlace): Promise<string> {
  const format = "{{.Spec.TaskTemplate.ContainerSpec.Image}}"
  const { stdout: image } = await place.docker([
    "service",
    "inspect",
    "--format",
    format,
    frontName(place.stack),
  ])
  const there = await place.docker(["image", "inspect", "--format", "{{.Id}}", image], { mayFail: true })
  return there.exitCode === 0 ? image : frontImage(place)
}

/** Whether a front has stood on the node that docker is called on. */
export async function hasKept({ docker, stack }: SwarmPlace): Promise<boolean> {
  const found = await docker(["volume", "inspect", colourVolume(stack)], { mayFail: true })
  return found.exitCode === 0
}
