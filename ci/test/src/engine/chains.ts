import type { Call } from "./calls.js"
import type { Asked } from "./fake-engine.js"

/** The queries that run a command containing these words, up to and with that command. */
export function runsOf({ queries }: Asked, ...words: string[]): Call[][] {
  return queries.flatMap((calls) => {
    const at = calls.findLastIndex((call) => words.every((word) => commandOf(call).includes(word)))
    return at === -1 ? [] : [calls.slice(0, at + 1)]
  })
}

/** The words of a `withExec`; none for another step. */
export function commandOf({ name, args }: Call): string[] {
  return name === "withExec" && Array.isArray(args["args"]) ? args["args"].map(String) : []
}

/** The steps of one name. */
export const stepsOf = (calls: readonly Call[], name: string) => calls.filter((call) => call.name === name)
