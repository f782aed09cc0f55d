import type { EventSourceMessage } from "eventsource-parser"
import { createParser } from "eventsource-parser"

import { ApiError } from "../api/api-error"
import type { Connection } from "../api/request"
import { send, unexpectedShape } from "../api/request"
import type { Run } from "./run"
import { runSchema } from "./run"

/** The server sends a comment every 15 s; three missed ones mean that the connection is dead. */
const silenceLimitMs = 45_000

/** How a stream came to its end: the run is over, the server goes away, or the connection broke. */
export type StreamEnd = "ended" | "reconnect" | "broken"

interface StreamOptions {
  signal: AbortSignal
  /** Called once the server has agreed to stream. */
  onOpen: () => void
  /** Called with the whole run, now and on every change. */
  onRun: (run: Run) => void
}

/** Reads a run's event stream to its end. Throws an ApiError when the server does not open one. */
export async function readRunStream(
  connection: Connection,
  runId: string,
  { signal, onOpen, onRun }: StreamOptions,
): Promise<StreamEnd> {
  const silence = new AbortController()
  const body = await openStream(connection, runId, AbortSignal.any([signal, silence.signal]))
  onOpen()
  try {
    return await readEvents(body, { silence, onRun })
  } catch (cause) {
    if (signal.aborted || cause instanceof ApiError) throw cause
    return "broken"
  } finally {
    silence.abort()
  }
}

async function openStream(connection: Connection, runId: string, signal: AbortSignal) {
  const path = `/api/runs/${encodeURIComponent(runId)}/events`
  const { body, headers } = await send(connection, path, { accept: "text/event-stream", signal })
  const type = headers.get("content-type") ?? "no content type"
  if (body !== null && type.startsWith("text/event-stream")) return body
  const message = `Expected a stream of events from ${path}, received ${type}.`
  throw new ApiError(message, { status: 0, code: "no_stream" })
}

interface ReadingOptions {
  silence: AbortController
  onRun: (run: Run) => void
}

async function readEvents(body: ReadableStream<Uint8Array>, options: ReadingOptions): Promise<StreamEnd> {
  let end: StreamEnd | undefined
  const parser = createParser({ onEvent: (event) => (end ??= takeEvent(event, options.onRun)) })
  const reader = body.getReader()
  const decoder = new TextDecoder()
  while (end === undefined) {
    const { value, done } = await readOrGiveUp(reader, options.silence)
    if (done) return "broken"
    parser.feed(decoder.decode(value, { stream: true }))
  }
  return end
}

async function readOrGiveUp(reader: ReadableStreamDefaultReader<Uint8Array>, silence: AbortController) {
  const timer = setTimeout(() => {
    silence.abort()
  }, silenceLimitMs)
  try {
    return await reader.read()
  } finally {
    clearTimeout(timer)
  }
}

function takeEvent({ event, data }: EventSourceMessage, onRun: (run: Run) => void): StreamEnd | undefined {
  if (event === "end") return "ended"
  if (event === "reconnect") return "reconnect"
  if (event === "run") onRun(readRun(data))
  return undefined
}

function readRun(data: string): Run {
  const parsed = runSchema.safeParse(JSON.parse(data))
  if (parsed.success) return parsed.data
  throw unexpectedShape("the stream of events", undefined, parsed.error)
}
