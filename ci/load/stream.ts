/** A stream of events that is followed. */
export interface Stream {
  readonly stop: () => Promise<{ readonly failures: readonly string[]; readonly reconnects: number }>
}

/**
 * Follows a run's events as the page does: a stream that tells to reconnect is opened again, one that ends without a word
 * has failed.
 */
export function follow(url: string, runId: string): Stream {
  const [failures, end] = [[] as string[], new AbortController()]
  let reconnects = 0
  const following = (async () => {
    for (;;) {
      const last = await opened(`${url}/api/runs/${runId}/events`, end.signal).catch(String)
      if (end.signal.aborted || last === "end") return
      if (last === "reconnect") reconnects++
      else failures.push(`the stream ended: ${last}`)
    }
  })()
  const stop = async () => {
    end.abort()
    await following
    return { failures, reconnects }
  }
  return { stop }
}

/** @returns the name of the last event */
async function opened(address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, { signal })
  if (!response.ok || !response.body) return `${response.status}`
  let said = ""
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream()))
    said = (said + chunk).slice(-10_000)
  return [...said.matchAll(/^event: (\w+)/gm)].at(-1)?.[1] ?? "nothing"
}
