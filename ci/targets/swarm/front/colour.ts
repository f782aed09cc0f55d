import { z } from "zod"
import type { Colour } from "../../target.js"
import type { SwarmPlace } from "../swarm-place.js"
import { readScript, settleScript } from "./switch-script.js"

const Printed = z.enum(["blue", "green", ""])

/** Runs a script in the front's container as the user who may write what says which colour serves. */
const execArgs = (container: string, script: string) => ["exec", "--user", "0", container, "sh", "-c", script]

/** The colour that a front leads to; undefined for none. */
export async function frontColour({ docker }: SwarmPlace, container: string): Promise<Colour | undefined> {
  const { stdout } = await docker(execArgs(container, readScript()))
  return Printed.parse(stdout.trim()) || undefined
}

/** The same, for good: a switch that a deploy left open, and which it could still take back, is kept. */
export async function settledColour({ docker }: SwarmPlace, container: string): Promise<Colour | undefined> {
  const { stdout } = await docker(execArgs(container, settleScript()))
  return Printed.parse(stdout.trim()) || undefined
}
