// Adds up what a run of continuous integration found: the tests of Vitest's reports and the stages of the main job.
// Names what failed, because the end of a log is what people read first.
// Usage: node tally.mjs <folder of reports> <exit code> …   Each exit code that no report explains counts as a failure.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

const [folder, ...codes] = process.argv.slice(2)

function counted(file) {
  try {
    const report = JSON.parse(readFileSync(join(folder, file), "utf8"))
    for (const name of failures(report)) console.log(`failed: ${name}`)
    return report.stages ? ofStages(report.stages) : ofTests(report)
  } catch (error) {
    console.log(`${file} can't be read: ${error.message}`)
    return [0, 1, 0]
  }
}

function failures({ stages = [], testResults = [] }) {
  const failed = ({ status }) => status === "failed"
  const tests = testResults.flatMap((file) => file.assertionResults.filter(failed))
  const unread = testResults.filter((file) => failed(file) && file.assertionResults.length === 0)
  const red = stages.filter(({ state }) => ["failed", "error"].includes(state))
  return [
    ...tests.map(({ fullName }) => fullName),
    ...unread.map(({ name, message }) => `${name}: ${message}`),
    ...red.map(({ name, reason }) => `stage ${name}: ${reason}`),
  ]
}

const ofTests = (report) => [
  report.numPassedTests,
  report.numFailedTests,
  report.numPendingTests + report.numTodoTests,
]

function ofStages(stages) {
  const having = (...states) => stages.filter(({ state }) => states.includes(state)).length
  return [having("passed"), having("failed", "error"), having("skipped")]
}

const sum = (a, b) => a.map((value, index) => value + b[index])
let [passed, failed, skipped] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map(counted)
  .reduce(sum, [0, 0, 0])
if (failed === 0) failed = codes.filter((code) => code !== "0").length
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
process.exitCode = failed > 0 ? 1 : 0
