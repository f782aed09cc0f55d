import { setTimeout as sleep } from "node:timers/promises"

/**
 * The first value of a look that is not undefined, looked for every 20 ms.
 * @param what Named in the error when there is none within `patienceMs`.
 */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  patienceMs = 30_000,
): Promise<Value> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const value = await look()
    if (value !== undefined) return value
    await sleep(20)
  }
  throw new Error(`expected ${what} within ${patienceMs} ms`)
}
