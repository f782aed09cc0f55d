/** Counts the requests under way at one place. */
export class Traffic {
  #count = 0
  readonly #waiting = new Set<() => void>()

  /** @returns says that the request is over; to be called once */
  begin(): () => void {
    this.#count++
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#count--
      if (this.#count === 0) this.#tell()
    }
  }

  /** Returns when no request is under way, or throws the signal's reason. */
  async idle(signal: AbortSignal): Promise<void> {
    while (this.#count > 0) await this.#change(signal)
    signal.throwIfAborted()
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        signal.removeEventListener("abort", aborted)
        this.#waiting.delete(done)
        resolve()
      }
      const aborted = () => {
        this.#waiting.delete(done)
        reject(signal.reason as Error)
      }
      this.#waiting.add(done)
      signal.addEventListener("abort", aborted, { once: true })
      if (signal.aborted) aborted()
    })
  }

  #tell() {
    for (const each of [...this.#waiting]) each()
  }
}
