import { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { execa } from "execa"
import type { PostgresPrograms, ProgramCall } from "../../targets/target.js"
import { connectionVariables, databaseName } from "../postgres/address.js"

const KEPT_CHARACTERS = 4000

/** PostgreSQL's client programs of this machine. */
export function pathPrograms(major: number): PostgresPrograms {
  return { origin: `PostgreSQL ${major} on PATH`, run }
}

async function run(call: ProgramCall): Promise<void> {
  const { program, args, databaseUrl, input, output, signal } = call
  const child = spawned(program, args, { databaseUrl, signal })
  if (!input) child.stdin.end()
  const fed = input && ended(pipeline(input, child.stdin))
  const drained = ended(output ? pipeline(child.stdout, output) : pipeline(child.stdout, nowhere()))
  const [{ failed, stderr, shortMessage }, ...streams] = await Promise.all([child, fed, drained])
  signal?.throwIfAborted()
  const broken = streams.find((error) => error !== undefined && !isClosedPipe(error))
  if (broken) throw broken
  if (failed)
    throw new Error(
      `expected ${program} to succeed, received: ${stderr.trim().slice(-KEPT_CHARACTERS) || shortMessage}`,
    )
}

interface Spawning {
  readonly databaseUrl: string
  readonly signal: AbortSignal | undefined
}

function spawned(program: string, args: readonly string[], { databaseUrl, signal }: Spawning) {
  return execa(program, [database(databaseUrl), ...args], {
    env: connectionVariables(databaseUrl),
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    buffer: { stdout: false, stderr: true },
    reject: false,
    ...(signal && { cancelSignal: signal }),
  })
}

/** As a connection string, since a name with `=` in it would be taken for one. */
const database = (url: string) => `--dbname=dbname='${databaseName(url).replace(/[\\']/g, "\\$&")}'`

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

const ended = (stream: Promise<void>) =>
  stream.then(
    () => undefined,
    (error: unknown) => error as Error,
  )

/** The program ended before it had read or written all; why is in what it printed. */
const isClosedPipe = (error: Error) =>
  "code" in error && ["EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(String(error.code))
