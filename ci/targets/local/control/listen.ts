import { randomBytes, timingSafeEqual } from "node:crypto"
import { once } from "node:events"
import { rename, writeFile } from "node:fs/promises"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { onLine, tell } from "./lines.js"
import { Asked, CALLS, Hello, PROTOCOL, type CallName, type Input, type Output } from "./protocol.js"
import { LocalFailure } from "../failure.js"

/** What goes on during one call. */
export interface Calling {
  /** Aborted when the client says so, or its connection closes. */
  readonly signal: AbortSignal
  /** Aborted when the client says so, and not when it is gone. */
  readonly told: AbortSignal
  line(text: string): void
}

/** One client's connection. */
export type Session = {
  readonly [Name in CallName]: (input: Input<Name>, calling: Calling) => Output<Name> | Promise<Output<Name>>
} & {
  /** Takes back what was begun and not kept. */
  closed(): void
}

/**
 * Listens on 127.0.0.1 for who knows a word, which is written into a file with the address.
 * @param opened makes the session of a new connection
 * @returns stops taking new connections; those that there are stay, so that their clients see when this process is gone
 */
export async function listenFor(file: string, opened: () => Session): Promise<() => void> {
  const word = randomBytes(24).toString("base64url")
  const server = createServer((socket) => welcome(socket, word, opened))
  await once(server.listen(0, "127.0.0.1"), "listening")
  const { port } = server.address() as AddressInfo
  const beside = `${file}.${process.pid}`
  await writeFile(beside, JSON.stringify({ port, word }), { mode: 0o600 })
  await rename(beside, file)
  return () => server.close()
}

function welcome(socket: Socket, word: string, opened: () => Session): void {
  let calls: Calls | undefined
  socket.on("error", () => undefined)
  onLine(socket, (value) => {
    if (calls) calls.hear(Asked.parse(value))
    else if (!isSame(Hello.parse(value).word, word)) socket.destroy()
    else {
      calls = new Calls(socket, opened())
      tell(socket, { welcome: true, protocol: PROTOCOL })
    }
  })
  socket.on("close", () => calls?.closed())
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}

/** The caller knows best why it broke a call off. */
function failure(error: unknown, { aborted }: AbortSignal) {
  const isExpected = aborted || error instanceof LocalFailure
  if (!isExpected) console.error(error)
  return { error: error instanceof Error ? error.message : String(error), isExpected }
}

/** The calls under way of one connection. */
class Calls {
  readonly #aborts = new Map<number, AbortController>()
  readonly #gone = new AbortController()
  readonly #socket: Socket
  readonly #session: Session

  constructor(socket: Socket, session: Session) {
    this.#socket = socket
    this.#session = session
  }

  hear(asked: Asked): void {
    if ("abort" in asked) this.#aborts.get(asked.id)?.abort()
    else void this.#answer(asked.id, asked.call, asked.input)
  }

  closed(): void {
    this.#gone.abort()
    this.#session.closed()
  }

  async #answer(id: number, name: CallName, input: unknown): Promise<void> {
    const controller = new AbortController()
    this.#aborts.set(id, controller)
    const told = controller.signal
    const signal = AbortSignal.any([told, this.#gone.signal])
    const line = (text: string) => tell(this.#socket, { id, line: text })
    try {
      const carryOut = this.#session[name] as (input: unknown, calling: Calling) => Promise<unknown>
      const output = await carryOut(CALLS[name].input.parse(input), { signal, told, line })
      tell(this.#socket, { id, output })
    } catch (error) {
      tell(this.#socket, { id, ...failure(error, signal) })
    } finally {
      this.#aborts.delete(id)
    }
  }
}
