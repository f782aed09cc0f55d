import { createHash } from "node:crypto"
import { Transform } from "node:stream"

/** What went through a stream. */
export interface Measure {
  readonly bytes: number
  /** In hexadecimal digits. */
  readonly sha256: string
}

/** A stream that hands on what it is given, and measures it; `measure` answers once it has ended. */
export function measured(): { stream: Transform; measure: () => Measure } {
  const hash = createHash("sha256")
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { stream, measure: () => ({ bytes, sha256: hash.copy().digest("hex") }) }
}
