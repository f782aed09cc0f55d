import { open } from "node:fs/promises"

const KEPT_LINES = 200
const KEPT_BYTES = 256 * 1024

/** The last lines of a log, newest last; none when there is no log. */
export async function lastLines(file: string): Promise<string[]> {
  const opened = await open(file).catch(() => undefined)
  if (!opened) return []
  try {
    const { size } = await opened.stat()
    const start = Math.max(0, size - KEPT_BYTES)
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(size - start), 0, size - start, start)
    const text = buffer.toString("utf8", 0, bytesRead)
    return text.split("\n").filter(Boolean).slice(-KEPT_LINES)
  } finally {
    await opened.close()
  }
}
