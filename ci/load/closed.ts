import { Pool } from "undici"

/** A load of so many requests over connections that are kept. */
export interface ClosedLoad {
  readonly url: string
  readonly path: string
  /** Each of them has one request under way at a time. */
  readonly connections: number
  readonly requests: number
}

/**
 * A closed loop: each connection asks again once it has been answered, so that what is measured is how much gets through.
 * @returns answered requests a second
 * @throws when one is not answered with 200
 */
export async function throughput({ url, path, connections, requests }: ClosedLoad): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  let left = requests
  const caller = async () => {
    while (left-- > 0) {
      const { statusCode, body } = await pool.request({ method: "GET", path })
      await body.dump()
      if (statusCode !== 200) throw new Error(`expected ${url}${path} to answer 200, received ${statusCode}`)
    }
  }
  const began = performance.now()
  try {
    await Promise.all(Array.from({ length: connections }, caller))
    return requests / ((performance.now() - began) / 1000)
  } finally {
    await pool.destroy()
  }
}
