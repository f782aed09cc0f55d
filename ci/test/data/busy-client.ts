import { Client } from "pg"

/** Connects and asks, over and over, as a server's pool does. Answers how often it was served. */
export async function clientUntil(signal: AbortSignal, url: string): Promise<number> {
  let served = 0
  while (!signal.aborted) {
    const client = new Client({ connectionString: url })
    client.on("error", () => undefined)
    const isConnected = await client.connect().then(
      () => true,
      () => false,
    )
    // A client that never connected leaves its queries unanswered.
    for (let asked = 0; isConnected && asked < 20; asked++)
      await client.query("SELECT 1").then(
        () => served++,
        () => undefined,
      )
    await client.end().catch(() => undefined)
  }
  return served
}
