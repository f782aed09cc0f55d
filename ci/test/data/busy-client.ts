import { Client } from "pg"

/** Connects and asks, over and over, as a server's pool does. Answers how often it was served. */
export async function clientUntil(signal: AbortSignal, url: string): Promise<number> {
  let served = 0
  while (!signal.aborted) {
    const client = new Client({ connectionString: url })
    client.on("error", () => undefined)
    await client.connect().catch(() => undefined)
    for (let asked = 0; asked < 20; asked++)
      await client.query("SELECT 1").then(
        () => served++,
        () => undefined,
      )
    await client.end().catch(() => undefined)
  }
  return served
}
