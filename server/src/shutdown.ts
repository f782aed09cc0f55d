import type { RunningServer } from "./server.js"

/** The part of the deadline after which what is in hand is no longer waited for, but broken off and noted. */
const patience = 0.7
const lookIntervalMs = 50
/** A connection that was opened just before may have its request on the way. */
const silenceMs = 500

/**
 * Stops a server without losing anything: it is unready at once; streams are told to reconnect; requests and model
 * calls in flight end, and until they have, new requests are still answered; then connections and database close.
 * @param deadlineMs Milliseconds the caller grants; a model call still in flight near their end is aborted and its step interrupted.
 */
export async function shutDown(running: RunningServer, deadlineMs: number): Promise<void> {
  running.readiness.shutDown()
  running.warmUp.stop()
  running.streams.closeAll()
  const patienceMs = deadlineMs * patience
  await Promise.all([running.worker.stop(patienceMs), running.inFlight.idle(patienceMs)])
  await closeServer(running)
  await running.warmUp.done
  await running.database.close()
}

/** What a shutdown still waits for, for the log. */
export function leftovers({ worker, inFlight, streams }: RunningServer) {
  return { steps: worker.active, requests: inFlight.count, streams: streams.size }
}

async function closeServer({ server, silent }: RunningServer): Promise<void> {
  const silence = setTimeout(() => {
    silent.close()
  }, silenceMs)
  await new Promise<void>((resolve) => {
    // Connections whose last request ends only now stay open for the client's next one.
    const timer = setInterval(() => {
      server.closeIdleConnections()
    }, lookIntervalMs)
    server.close(() => {
      clearInterval(timer)
      clearTimeout(silence)
      resolve()
    })
  })
}
