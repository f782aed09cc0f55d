import type { Readable } from "node:stream"

/** Where backups are kept: files by name, in no order. A file is there whole or not at all. */
export interface Store {
  /** Where a file is, for people. */
  location(file: string): string
  list(): Promise<string[]>
  /** @throws when the stream fails, too; nothing of it is there then */
  put(file: string, content: Readable, signal: AbortSignal): Promise<void>
  /** @throws when there is no such file */
  get(file: string, signal: AbortSignal): Promise<Readable>
  /** No such file is no error. */
  remove(file: string): Promise<void>
  /** Files whose `put` has not ended: under way, or left by a killed run. */
  unfinished(): Promise<string[]>
  removeUnfinished(file: string): Promise<void>
}
