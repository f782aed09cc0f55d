import type { ApiError } from "../api/api-error"
import { toApiError } from "../api/api-error"
import type { Connection } from "../api/request"
import { delay } from "../time/delay"
import { readRun } from "./requests"
import type { Run } from "./run"
import { hasEnded } from "./run"
import { readRunStream } from "./run-stream"

const oneSecondMs = 1_000
const longestWaitMs = 15_000
/** How often the run is asked for before its stream is tried again. */
const asksBeforeStream = 10

/** How the page learns of a run: told at once, by asking each second, or not at all just now. */
export type Link = "live" | "asking" | "lost"

export interface FollowOptions {
  signal: AbortSignal
  onRun: (run: Run) => void
  onLink: (link: Link) => void
}

/**
 * Follows a run until it has ended: by its event stream, by asking each second while the stream can't be had. A stream
 * that breaks, or tells to reconnect, is opened again. Throws an ApiError when asking again can't help (404, say).
 */
export async function followRun(
  connection: Connection,
  runId: string,
  options: FollowOptions,
): Promise<void> {
  const { signal, onLink } = options
  const newest = newestOnly(options.onRun)
  const stream = {
    signal,
    onRun: newest.take,
    onOpen: () => {
      onLink("live")
    },
  }
  while (!newest.hasEnded()) {
    try {
      if ((await readRunStream(connection, runId, stream)) === "ended") return
      await delay(oneSecondMs, signal)
    } catch (thrown) {
      if (signal.aborted) throw thrown
      await askForAWhile(connection, runId, { ...options, newest })
    }
  }
}

type Newest = ReturnType<typeof newestOnly>

/** Hands on a run only when it is not older than what came before: a late answer must not turn the page back. */
function newestOnly(onRun: (run: Run) => void) {
  let known: Run | undefined
  return {
    hasEnded: () => known !== undefined && hasEnded(known),
    take: (run: Run) => {
      if (known !== undefined && run.version < known.version) return
      known = run
      onRun(run)
    },
  }
}

async function askForAWhile(
  connection: Connection,
  runId: string,
  { signal, onLink, newest }: FollowOptions & { newest: Newest },
): Promise<void> {
  let waitMs = oneSecondMs
  for (let asked = 0; asked < asksBeforeStream && !newest.hasEnded(); asked += 1) {
    const failure = await ask(() => readRun(connection, runId, signal), newest)
    if (failure !== undefined && (signal.aborted || !failure.isPassing)) throw failure
    onLink(failure === undefined ? "asking" : "lost")
    waitMs = failure === undefined ? oneSecondMs : Math.min(waitMs * 2, longestWaitMs)
    if (!newest.hasEnded()) await delay(waitMs, signal)
  }
}

async function ask(read: () => Promise<Run>, { take }: Newest): Promise<ApiError | undefined> {
  try {
    take(await read())
    return undefined
  } catch (thrown) {
    return toApiError(thrown)
  }
}
