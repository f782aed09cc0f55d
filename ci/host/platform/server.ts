import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { z } from "zod"
import { deadline } from "../../deadline.js"
import { jsonOf } from "../../json.js"
import { project } from "../../pipeline/project.js"
import type { RunContext } from "../run-context.js"
import { BusyPort } from "./busy-port.js"
import { lastWords } from "./last-words.js"
import { StageFailure } from "../stage-failure.js"

const POLL_MS = 50
const KEPT_LINES = 10

/** The line of the server's JSON log that says where it listens. */
const Listening = z.object({ message: z.literal("listening"), port: z.number() })

/** A server that was started, and whether it still runs. */
export interface RunningServer {
  /** Base URL, without a final slash. */
  readonly url: string
  /** Settled when the process ends: says with what. */
  readonly ended: Promise<string>
}

interface Start {
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  line(text: string): void
}

/**
 * Starts the built server and returns when it says that it is ready. It ends with the run.
 * @throws StageFailure when it ends or isn't ready in time, with its last lines
 */
export async function startServer(start: Start, context: RunContext): Promise<RunningServer> {
  const [file, ...args] = project.server.command
  const options = { extendEnv: false, stdin: "ignore", all: true, buffer: false } as const
  const env = { ...start.environment }
  const child = execa(file, args, { ...options, env, detached: true, cleanup: false, reject: false })
  if (child.pid !== undefined) context.scratch.started(child.pid)

  const last: string[] = []
  const seen = (text: string) => {
    const redacted = context.redactor.redact(text)
    start.line(redacted)
    last.push(redacted)
    if (last.length > KEPT_LINES) last.shift()
  }
  const ended = child.then(
    ({ exitCode, signal }) => `the server ended with ${signal ?? `exit code ${exitCode ?? "none"}`}`,
  )
  const limit = AbortSignal.any([deadline(start.timeoutSeconds * 1000), context.signal])
  const failed = ended.then((how) => Promise.reject(reasonToEnd(how, last, context.ports.server)))
  const port = await Promise.race([listeningPort(child.all, seen), failed, aborted(limit, "listening")])
  const url = `http://127.0.0.1:${port}`
  await Promise.race([untilReady(url, limit), failed])
  failed.catch(() => undefined)
  return { url, ended }
}

function reasonToEnd(how: string, last: readonly string[], port: string): Error {
  const isBusy = last.some((line) => line.includes("EADDRINUSE"))
  if (isBusy) return new BusyPort(port, "server", "--server-port")
  return new StageFailure(`${how} while it started: ${lastWords(last)}`)
}

function listeningPort(output: NodeJS.ReadableStream, line: (text: string) => void): Promise<number> {
  return new Promise((resolve) => {
    createInterface({ input: output }).on("line", (text) => {
      line(text)
      const parsed = Listening.safeParse(jsonOf(text))
      if (parsed.success) resolve(parsed.data.port)
    })
  })
}

async function untilReady(url: string, deadline: AbortSignal): Promise<void> {
  let answer = "nothing"
  while (!deadline.aborted) {
    answer = await fetch(url + project.server.readyPath, { signal: deadline }).then(described, String)
    if (answer === "ready") return
    await sleep(POLL_MS)
  }
  throw new StageFailure(
    `the server was not ready in time; ${project.server.readyPath} last answered: ${answer}`,
  )
}

async function described(response: Response): Promise<string> {
  return response.ok ? "ready" : `${response.status} ${await response.text()}`
}

function aborted(signal: AbortSignal, what: string): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new StageFailure(`the server was not ${what} in time`)))
  })
}
