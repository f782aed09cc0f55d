import { destination, type DestinationStream } from "pino"
import { prettyFactory } from "pino-pretty"

/** How log lines look: `json`, one object a line, or `pretty`, for people. */
export type LogFormat = "json" | "pretty"

/**
 * Where log lines go, in the form that is asked for.
 * @param to Standard output if absent; written at once, so that the last lines before an exit are there.
 */
export function logOutput(format: LogFormat, to: DestinationStream = destination({ dest: 1, sync: true })) {
  if (format === "json") return to
  const shape = {
    messageKey: "message",
    ignore: "service,version,environment",
    translateTime: "SYS:HH:MM:ss.l",
  }
  const readable = prettyFactory({ ...shape, singleLine: true, colorize: process.stdout.isTTY })
  const write = (line: string) => {
    to.write(readable(line))
  }
  return { write }
}
