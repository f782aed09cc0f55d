import { randomUUID } from "node:crypto"
import { createInterface } from "node:readline"
import { execa } from "execa"
import type { Colour, Switched } from "../../target.js"
import { DockerError } from "../docker-call.js"
import { switchScript } from "./switch-script.js"

/** A front's container, and what leads docker's command line to it. */
export interface FrontPlace {
  readonly container: string
  readonly environment: Readonly<Record<string, string>>
}

/** What a front is to lead to, and for how many seconds at most before it is kept. */
export interface Provisional {
  readonly colour: Colour
  readonly seconds: number
}

/**
 * Makes a front lead to a colour as long as this process holds it so. When this process dies, docker ends the standard
 * input of the script in the front's container, which then goes back.
 */
export async function switchFront(
  { container, environment }: FrontPlace,
  { colour, seconds }: Provisional,
  signal: AbortSignal,
): Promise<Switched> {
  signal.throwIfAborted()
  const args = ["switch", colour, randomUUID(), String(seconds)]
  const child = held([...enter(container), switchScript(), ...args], environment)
  const stop = () => child.stdin.end()
  signal.addEventListener("abort", stop, { once: true })
  const isSwitched = await saysSwitched(child.stdout)
  signal.removeEventListener("abort", stop)
  const end = async (word: string) => {
    child.stdin.end(`${word}\n`)
    const { exitCode, stderr } = await child
    if (exitCode !== 0) throw lost(stderr)
  }
  if (isSwitched && !signal.aborted) return { confirm: () => end("confirm"), back: () => end("back") }
  const { stderr } = await child
  signal.throwIfAborted()
  throw lost(stderr)
}

const enter = (container: string) => ["exec", "--interactive", "--user", "0", container, "sh", "-c"]

function held(args: readonly string[], env: Readonly<Record<string, string>>) {
  return execa("docker", args, { env, stdin: "pipe", stdout: "pipe", reject: false })
}

async function saysSwitched(output: NodeJS.ReadableStream): Promise<boolean> {
  for await (const line of createInterface({ input: output })) return line === "switched"
  return false
}

const lost = (said: string) =>
  new DockerError(
    `expected the front to hold the switch, received: ${said.trim() || "its script has ended"}; ` +
      "the front has gone back, or somebody else has switched it since",
  )
