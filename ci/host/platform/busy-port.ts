/** A port that the platform is to listen on belongs to somebody else. */
export class BusyPort extends Error {
  /**
   * @param what listens there in vain: the client or the server
   * @param flag of `up` that chooses its port
   */
  constructor(port: string, what: "client" | "server", flag: string) {
    const way = `end what listens there, or choose another with ${flag} (0 for any free one)`
    super(`expected port ${port} to be free for the ${what}, but it is in use; ${way}`)
  }
}
