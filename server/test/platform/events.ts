/** One server-sent event. */
export interface ServerEvent {
  event: string
  id: string | undefined
  data: string
}

/** Opens an event stream; reading goes on until the server ends it or `stop` is called. */
export async function openEvents(url: string) {
  const abort = new AbortController()
  const response = await fetch(url, { signal: abort.signal })
  const events: ServerEvent[] = []
  const raw = { text: "" }
  const ended = read(response, (text) => {
    raw.text += text
    events.splice(0, events.length, ...raw.text.split("\n\n").slice(0, -1).flatMap(parseEvent))
  }).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error
  })
  const stop = () => {
    abort.abort()
  }
  return { response, events, raw, ended, stop }
}

async function read(response: Response, onText: (text: string) => void) {
  const decoder = new TextDecoder()
  const body: AsyncIterable<Uint8Array> | null = response.body
  for await (const chunk of body ?? []) onText(decoder.decode(chunk, { stream: true }))
}

function parseEvent(block: string): ServerEvent[] {
  const line = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1]
  const event = line("event")
  return event === undefined ? [] : [{ event, id: line("id"), data: line("data") ?? "" }]
}
