import { readFile } from "node:fs/promises"
import { connect, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { jsonOf } from "../../../json.js"
import { onLine, tell } from "./lines.js"
import { Address, CALLS, PROTOCOL, Told, type CallName, type Input, type Output } from "./protocol.js"
import { LocalFailure } from "../failure.js"

const HELLO_MS = 5_000

/** What is done while a call is under way. */
export interface Listening {
  /** The daemon is told when it is aborted; it decides what is still to be done. */
  readonly signal?: AbortSignal
  readonly line?: (text: string) => void
}

interface Pending {
  readonly line: (text: string) => void
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
}

/** A connection to the daemon. What was begun on it and not kept is taken back by the daemon when it closes. */
export class Connection {
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  #last = 0

  constructor(socket: Socket) {
    this.#socket = socket
    const closed = new LocalFailure("the daemon of the target local ended; .local/logs/daemon.log says why")
    socket.on("close", () => {
      for (const { reject } of this.#pending.values()) reject(closed)
    })
  }

  /** @throws with the daemon's words; with the signal's reason, when that was aborted */
  async call<Name extends CallName>(
    name: Name,
    input: Input<Name>,
    { signal, line = () => undefined }: Listening = {},
  ): Promise<Output<Name>> {
    signal?.throwIfAborted()
    const id = ++this.#last
    const abort = () => tell(this.#socket, { id, abort: true })
    signal?.addEventListener("abort", abort)
    try {
      const answer = await new Promise((resolve, reject) => {
        if (this.#socket.destroyed) reject(new Error("the connection to the daemon is closed"))
        this.#pending.set(id, { line, resolve, reject })
        tell(this.#socket, { id, call: name, input })
      })
      return CALLS[name].output.parse(answer) as Output<Name>
    } catch (error) {
      throw signal?.aborted ? (signal.reason as Error) : error
    } finally {
      this.#pending.delete(id)
      signal?.removeEventListener("abort", abort)
    }
  }

  /** What the daemon tells. */
  hear(told: Told): void {
    if (!("id" in told)) return
    const pending = this.#pending.get(told.id)
    if ("line" in told) pending?.line(told.line)
    else if ("error" in told)
      pending?.reject(told.isExpected ? new LocalFailure(told.error) : new Error(told.error))
    else pending?.resolve(told.output)
  }

  async close(): Promise<void> {
    this.#socket.end()
    await closed(this.#socket)
  }

  /** Settled when the connection has closed, whoever closed it. */
  async closed(): Promise<void> {
    await closed(this.#socket)
  }
}

/**
 * Connects to the daemon whose address is in a file.
 * @returns undefined when none answers there
 * @param isOther also to one of another version, which understands `down` alone
 * @throws when one does that this code can't talk to
 */
export async function connectTo(file: string, isOther = false): Promise<Connection | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined)
  const address = Address.safeParse(jsonOf(text ?? ""))
  if (!address.success) return undefined
  const socket = connect(address.data.port, "127.0.0.1").on("error", () => undefined)
  const connection = new Connection(socket)
  const protocol = await Promise.race([
    welcomed(socket, connection, address.data.word),
    closed(socket),
    silence(),
  ])
  if (protocol === PROTOCOL || (isOther && protocol !== undefined)) return connection
  socket.destroy()
  if (protocol === undefined) return undefined
  throw new LocalFailure("a daemon of another version of this checkout runs; end it with npm run ci -- down")
}

/** Says the word. @returns the protocol that the daemon speaks */
function welcomed(socket: Socket, connection: Connection, word: string): Promise<number> {
  return new Promise((resolve) => {
    onLine(socket, (value) => {
      const told = Told.parse(value)
      if ("welcome" in told) resolve(told.protocol)
      else connection.hear(told)
    })
    tell(socket, { word, protocol: PROTOCOL })
  })
}

/** However it came to that: `once` would throw when it was an error. */
function closed(socket: Socket): Promise<undefined> {
  return new Promise((resolve) => {
    if (socket.closed) resolve(undefined)
    else socket.once("close", () => resolve(undefined))
  })
}
const silence = () => sleep(HELLO_MS, undefined, { ref: false })
