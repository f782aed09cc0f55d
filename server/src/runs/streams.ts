/** The event streams that are open, so that they can be ended when the server goes away. */
export class Streams {
  readonly #open = new Set<() => void>()
  #closed = false

  /** Whether new streams should end at once. */
  get closed(): boolean {
    return this.#closed
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size
  }

  /**
   * @param end Ends the stream in a way that makes its reader come back.
   * @returns To be called when the stream has ended.
   */
  add(end: () => void): () => void {
    this.#open.add(end)
    return () => this.#open.delete(end)
  }

  /** Ends all streams, and those still to come. */
  closeAll() {
    this.#closed = true
    for (const end of this.#open) end()
  }
}
