import { createHash } from "node:crypto"
import { fillTemplate } from "../../../server/src/agent/template.js"
import { SEED_WORKFLOWS, type SeedWorkflow } from "./workflows.js"

type Value = string | number | null
/** A row to be inserted, by column. */
export type Row = Readonly<Record<string, Value>>

/** The rows of a table. */
export interface Rows {
  readonly table: string
  readonly rows: readonly Row[]
}

/** A Monday morning; nothing depends on when seeding happens. */
const FIRST = Date.UTC(2026, 0, 5, 9)
const HOUR_MS = 3_600_000
const STEP_MS = 4200
const ERROR = "expected an answer of the model, received: the connection was closed; start the run again"

/** All rows, in an order in which each finds what it refers to. The same with every call. */
export function seedRows(): readonly Rows[] {
  const runs = SEED_WORKFLOWS.flatMap(runsOf)
  return [
    { table: "workflows", rows: SEED_WORKFLOWS.map(workflow) },
    { table: "workflow_steps", rows: SEED_WORKFLOWS.flatMap(stepsOf) },
    { table: "runs", rows: runs.map(({ run }) => run) },
    { table: "run_steps", rows: runs.flatMap(({ steps }) => steps) },
  ]
}

/** An id that is the same with every call. */
function id(...parts: readonly (string | number)[]): string {
  const hex = createHash("sha256")
    .update(["seed", ...parts].join(" "))
    .digest("hex")
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5")
}

const time = (milliseconds: number) => new Date(FIRST + milliseconds).toISOString()

function workflow({ goal }: SeedWorkflow, index: number): Row {
  return { id: id("workflow", index), goal, connector: "sandbox", created_at: time(index * 24 * HOUR_MS) }
}

function stepsOf({ steps }: SeedWorkflow, index: number): Row[] {
  return steps.map(({ name, prompt }, step) => ({
    workflow_id: id("workflow", index),
    position: step + 1,
    name,
    prompt,
  }))
}

function runsOf(workflow: SeedWorkflow, index: number): { run: Row; steps: Row[] }[] {
  return workflow.runs.map((status, number) => {
    const began = (index * 24 + number + 1) * HOUR_MS
    const run = {
      id: id("run", index, number),
      workflow_id: id("workflow", index),
      status,
      version: workflow.steps.length * 2 + 1,
      error: status === "failed" ? ERROR : null,
      created_at: time(began),
      started_at: time(began),
      finished_at: time(began + workflow.steps.length * STEP_MS),
    }
    return { run, steps: runSteps(workflow, { id: run.id, status, began }) }
  })
}

interface SeedRun {
  readonly id: string
  readonly status: SeedWorkflow["runs"][number]
  /** In milliseconds since the first. */
  readonly began: number
}

/** In a run that did not succeed, the last step is the one that did not. */
function runSteps({ goal, steps }: SeedWorkflow, { id: run_id, status, began }: SeedRun): Row[] {
  const outputs = steps.map(({ output }) => output)
  return steps.map(({ name, prompt, output }, index) => {
    const isLast = index === steps.length - 1
    const own = isLast ? status : "succeeded"
    return {
      run_id,
      position: index + 1,
      name,
      prompt: fillTemplate(prompt, { goal, stepName: name, outputs: outputs.slice(0, index) }),
      status: own,
      output: own === "succeeded" ? output : null,
      error: own === "failed" ? ERROR : null,
      started_at: time(began + index * STEP_MS),
      finished_at: time(began + (index + 1) * STEP_MS),
      duration_ms: own === "cancelled" ? null : STEP_MS - 150,
    }
  })
}
