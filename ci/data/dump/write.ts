import { addAbortSignal, PassThrough, Transform, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { FittingPrograms } from "../backup/programs.js"
import { encrypted } from "../encryption.js"
import { measured, type Measure } from "../measured.js"
import type { Store } from "../store/store.js"
import { together } from "../together.js"
import { dumpArguments } from "./arguments.js"

/** A dump to be written: of what, and where to. */
export interface Writing {
  readonly programs: Pick<FittingPrograms, "run" | "databaseUrl">
  readonly snapshot: string
  readonly store: Store
  readonly file: string
  /** An age identity, when it is to be encrypted. */
  readonly key?: string | undefined
}

/**
 * Streams a dump into a store. It is there whole or not at all.
 * @returns what was stored
 */
export async function writeDump(writing: Writing, signal: AbortSignal): Promise<Measure> {
  const { programs, store, file } = writing
  const { stream, measure } = measured()
  await together<[unknown, unknown, unknown]>(signal, (both) => {
    const output = addAbortSignal(both, new PassThrough())
    const args = dumpArguments(writing.snapshot)
    const call = {
      program: "pg_dump",
      args,
      databaseUrl: programs.databaseUrl,
      output,
      signal: both,
    } as const
    const dumped = programs.run(call).then(() => closed(output))
    const stored = store.put(file, stream, both)
    // A store that fails closes what it is fed from; only itself says why.
    const fed = sealed({ output, dumped, key: writing.key }, stream, both).catch(() => stored)
    return [dumped, fed, stored]
  })
  return measure()
}

interface Sealing {
  readonly output: Readable
  readonly dumped: Promise<void>
  readonly key: string | undefined
}

async function sealed({ output, dumped, key }: Sealing, into: Transform, signal: AbortSignal): Promise<void> {
  const whole = output.pipe(endingWith(dumped))
  await pipeline(key === undefined ? whole : await encrypted(whole, key), into, { signal })
}

/** Ends only when the program has: one that failed has closed its output, too, and its dump must not count as whole. */
function endingWith(program: Promise<void>): Transform {
  let isEmpty = true
  // A connection to a daemon that breaks off at the right moment looks like an end.
  const nothing = new Error("expected pg_dump to write a dump, received nothing and no error; try again")
  return new Transform({
    transform: (chunk, _encoding, done) => {
      isEmpty = false
      done(null, chunk)
    },
    flush: (done) => {
      program.then(() => done(isEmpty ? nothing : null), done)
    },
  })
}

function closed(output: PassThrough): void {
  if (!output.writableEnded) output.end()
}
