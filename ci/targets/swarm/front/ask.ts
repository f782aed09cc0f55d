import type { Answer } from "../../target.js"
import type { SwarmPlace } from "../swarm-place.js"

const PATIENCE_SECONDS = 10

/** One GET request, sent from the front's container, which is in the network of what it asks. */
export interface Question {
  readonly container: string
  readonly url: string
  readonly signal: AbortSignal
}

/** @throws when there is no answer */
export async function askFromFront({ docker }: SwarmPlace, question: Question): Promise<Answer> {
  const { container, url, signal } = question
  const curl = ["curl", "--silent", "--show-error", "--max-time", String(PATIENCE_SECONDS)]
  const args = ["exec", container, ...curl, "--write-out", "\n%{http_code}", url]
  const { exitCode, stdout, stderr } = await docker(args, { signal, mayFail: true })
  if (exitCode !== 0) throw new Error(`expected an answer from ${url}, received: ${stderr.trim()}`)
  const end = stdout.lastIndexOf("\n")
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) }
}
