import { z } from "zod"
import { jsonOf } from "../../json.js"

/** A line of the server's JSON log that has an error. */
const Logged = z.object({ error: z.object({ message: z.string() }) })

/** The newest error that a server told before it ended, logged or thrown; else its last line. */
export function lastWords(lines: readonly string[]): string {
  const logged = lines.flatMap((line) => Logged.safeParse(jsonOf(line)).data?.error.message ?? [])
  return (
    logged.at(-1) ?? lines.findLast((line) => /^\w*Error:/.test(line)) ?? lines.at(-1) ?? "it said nothing"
  )
}
