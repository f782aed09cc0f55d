import { randomUUID } from "node:crypto"
import type { Answer } from "../../target.js"
import type { SwarmPlace } from "../swarm-place.js"

const PATIENCE_SECONDS = 10

/** GET requests, sent from the front's container, which is in the network of what it asks. */
export interface Question {
  readonly container: string
  /** At least one. */
  readonly urls: readonly string[]
  readonly signal: AbortSignal
}

/**
 * Asks one after the other, in one call: over ssh each call is a login, of which a host takes a few at once.
 * @returns an answer for each URL
 * @throws when one does not answer
 */
export async function askFromFront({ docker }: SwarmPlace, question: Question): Promise<Answer[]> {
  const { container, urls, signal } = question
  // No body has it in it.
  const mark = randomUUID()
  const curl = ["curl", "--silent", "--show-error", "--fail-early", "--max-time", String(PATIENCE_SECONDS)]
  const args = ["exec", container, ...curl, "--write-out", `\n%{http_code} ${mark}`, ...urls]
  const { exitCode, stdout, stderr } = await docker(args, { signal, mayFail: true })
  if (exitCode !== 0)
    throw new Error(`expected an answer from ${urls.join(", ")}, received: ${stderr.trim()}`)
  return stdout.split(mark).slice(0, -1).map(answer)
}

function answer(printed: string): Answer {
  const end = printed.lastIndexOf("\n")
  return { status: Number(printed.slice(end + 1)), body: printed.slice(0, end) }
}
