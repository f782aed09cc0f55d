import { redactor } from "../host/redact.js"
import { AddressError } from "../registry/address.js"
import { RegistryFailure } from "../registry/failure.js"
import { ImageReferenceError } from "../registry/reference.js"
import { UsageError } from "../usage-error.js"
import { ReleaseFailure } from "./failure.js"
import type { ReleaseRecord } from "./record.js"

const WRONG_USE = [UsageError, AddressError, ImageReferenceError]
const EXPECTED = [...WRONG_USE, RegistryFailure, ReleaseFailure]

/** A record as it is printed and written: JSON, indented by two spaces. */
export const recordText = (record: ReleaseRecord) => `${JSON.stringify(record, undefined, 2)}\n`

/**
 * Runs a program of this folder and prints the record that it comes to. The one place where an error becomes text and an
 * exit code: 1 when the release is not possible, 2 for wrong use. An error that nobody expected keeps its stack.
 */
export async function run(program: () => Promise<ReleaseRecord | undefined>): Promise<void> {
  const { redact } = redactor(process.env)
  try {
    const record = await program()
    if (record) process.stdout.write(recordText(record))
  } catch (error) {
    process.stderr.write(`${redact(textOf(error))}\n`)
    process.exitCode = WRONG_USE.some((kind) => error instanceof kind) ? 2 : 1
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isExpected = EXPECTED.some((kind) => error instanceof kind)
  return isExpected ? `error: ${error.message}` : (error.stack ?? error.message)
}
