import { createInterface } from "node:readline"
import type { Readable } from "node:stream"
import { setTimeout as sleep } from "node:timers/promises"
import { complaint } from "./complaint.js"

const DEADLINE_MS = 30_000
const KEPT_LINES = 20

interface Server extends PromiseLike<{ readonly exitCode?: number | undefined }> {
  readonly stderr: Readable
}

/**
 * Waits until a starting PostgreSQL says that it takes connections.
 * @param mayRetry whether a port that somebody else took meanwhile is an answer rather than an error
 * @throws when it ends or stays silent for 30 s, with its last lines
 */
export async function ready(server: Server, mayRetry: boolean): Promise<"ready" | "port taken"> {
  const lines: string[] = []
  const state = await Promise.race([accepting(server.stderr, lines), ended(server), late()])
  if (state === "ready") return state
  if (mayRetry && lines.some((line) => line.includes("Address already in use"))) return "port taken"
  const said = lines.slice(-KEPT_LINES).join("\n")
  throw new Error(`PostgreSQL ${state}: ${complaint(said)}\n${said}`)
}

function accepting(stderr: Readable, lines: string[]): Promise<"ready"> {
  return new Promise((resolve) => {
    createInterface({ input: stderr }).on("line", (line) => {
      lines.push(line)
      if (lines.length > KEPT_LINES) lines.shift()
      if (line.includes("ready to accept connections")) resolve("ready")
    })
  })
}

async function ended(server: Server): Promise<string> {
  const { exitCode } = await server
  return `ended with exit code ${exitCode ?? "none"} while it started`
}

async function late(): Promise<string> {
  await sleep(DEADLINE_MS, undefined, { ref: false })
  return `was not ready after ${DEADLINE_MS / 1000} s`
}
