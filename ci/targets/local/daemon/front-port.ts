import type { Front } from "../front/front.js"
import { LocalFailure } from "../failure.js"

/** Where everybody reaches a front. @throws when it does not listen yet */
export function publicUrlOf({ port }: Front): string {
  if (port === undefined) throw new Error("expected a front that listens; open it first")
  return `http://127.0.0.1:${port}`
}

/** Lets a front listen on a port. What it returns throws, naming FRONT_PORT, when the port is taken. */
export function openOn(front: Front): (port: number) => Promise<void> {
  return (port) =>
    front.listen(port).catch((cause: unknown) => {
      const { code, message } = cause as NodeJS.ErrnoException
      const received = code === "EADDRINUSE" ? "it is in use" : message
      const advice =
        "end what listens there, or give --settings file://… with TARGET=local and another FRONT_PORT"
      throw new LocalFailure(`expected the front to listen on FRONT_PORT ${port}; ${received}; ${advice}`, {
        cause,
      })
    })
}
