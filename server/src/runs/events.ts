import type { Response } from "express"
import type { TelemetryLogger } from "../telemetry/logger.js"
import type { RunParts } from "./change.js"
import { findRun } from "./store.js"
import type { Streams } from "./streams.js"
import { hasEnded, runView } from "./view.js"

const commentIntervalMs = 15_000

/** What following a run needs. */
export interface Following {
  response: Response
  runId: string
  parts: RunParts & { streams: Streams; logger: TelemetryLogger }
}

/**
 * Answers with a stream of server-sent events: `run` with the whole run now and after each change, `end` after the
 * last one, `reconnect` when this server goes away.
 */
export function followRun({ response, runId, parts }: Following): void {
  // Who has gone already will not go again: there would be no end to what is begun here.
  if (response.destroyed) return
  open(response)
  const end = (event: string) => {
    if (!response.writableEnded) response.end(`event: ${event}\ndata: {}\n\n`)
  }
  if (parts.streams.closed) {
    end("reconnect")
    return
  }
  const send = oneAtATime(runSender({ response, runId, parts }, end))
  const stop = [
    parts.watcher.watch(runId, send),
    parts.streams.add(() => {
      end("reconnect")
    }),
    everyInterval(() => response.write(": still here\n\n")),
  ]
  parts.metrics.openStreams.inc()
  response.once("close", () => {
    for (const each of stop) each()
    parts.metrics.openStreams.dec()
  })
  send()
}

function open(response: Response) {
  // Nginx would hold events back otherwise.
  const headers = { "content-type": "text/event-stream", "x-accel-buffering": "no" }
  response.writeHead(200, headers).write("retry: 1000\n\n")
}

function runSender({ response, runId, parts }: Following, end: (event: string) => void) {
  let sent = 0
  return async () => {
    try {
      const run = await findRun(parts.database, runId)
      if (response.writableEnded) return
      if (run && run.version !== sent)
        await written(response, `event: run\nid: ${run.version}\ndata: ${JSON.stringify(runView(run))}\n\n`)
      sent = run?.version ?? sent
      if (!run || hasEnded(run.status)) end("end")
    } catch (error) {
      // The reader gets the state when it comes back.
      parts.logger.warn("could not read a followed run", { runId, error })
      end("reconnect")
    }
  }
}

/** Waits for a slow reader; the changes of that time become one. */
async function written(response: Response, text: string): Promise<void> {
  if (response.write(text) || response.destroyed) return
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done)
      resolve()
    }
    response.once("drain", done).once("close", done)
  })
}

// Two at once could write an older state after a newer one. A call while one waits adds nothing: it has yet to look.
function oneAtATime(task: () => Promise<void>): () => void {
  let last = Promise.resolve()
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    last = last.then(() => {
      isWaiting = false
      return task()
    })
  }
}

function everyInterval(task: () => void): () => void {
  const timer = setInterval(task, commentIntervalMs)
  return () => {
    clearInterval(timer)
  }
}
