import { plainReporter } from "../../../host/report/plain.js"
import { run } from "../../../host/run.js"
import type { Stage } from "../../../pipeline/stage.js"

/**
 * Runs stages of a test's own with the host executor, in the current folder and its package.json:
 * `tsx run-stages.ts '<stages as JSON>'`. The result is printed on standard output, all else on standard error.
 */
const stages = JSON.parse(process.argv[2] ?? "[]") as Stage[]
const result = await run({
  name: "made",
  stages,
  facts: {},
  signal: new AbortController().signal,
  reporter: (logs) => plainReporter(process.stderr, logs),
})
process.stdout.write(JSON.stringify(result))
