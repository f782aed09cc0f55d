import type { ApiError } from "../api/api-error"
import type { NewWorkflow } from "./workflow"

/** A step while it is written; the key stays with it when it moves. */
export interface DraftStep {
  key: string
  name: string
  prompt: string
}

/** A workflow while it is written. */
export interface Draft {
  goal: string
  /** "" for the server's default. */
  connector: string
  steps: DraftStep[]
  /** What the server refused, by input (see the functions for ids below). */
  errors: ReadonlyMap<string, string>
}

export const mostSteps = 20

export type DraftChange =
  | { type: "goal" | "connector"; value: string }
  | { type: "step"; key: string; part: "name" | "prompt"; value: string }
  | { type: "add"; key: string }
  | { type: "remove"; key: string }
  | { type: "move"; key: string; by: -1 | 1 }
  | { type: "refused"; errors: ReadonlyMap<string, string> }

/** A draft with one empty step. */
export function emptyDraft(key: string): Draft {
  return { goal: "", connector: "", steps: [{ key, name: "", prompt: "" }], errors: new Map() }
}

/** The id of a step's input; the goal and the connector have theirs by name. */
export function stepInputId(key: string, part: string): string {
  return `${key}-${part}`
}

/** The draft after one change; what is edited loses its error. */
export function changedDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.type) {
    case "goal":
    case "connector":
      return { ...draft, [change.type]: change.value, errors: without(draft.errors, change.type) }
    case "step":
      return {
        ...draft,
        steps: draft.steps.map((step) =>
          step.key === change.key ? { ...step, [change.part]: change.value } : step,
        ),
        errors: without(draft.errors, stepInputId(change.key, change.part)),
      }
    case "add":
      return { ...draft, steps: [...draft.steps, { key: change.key, name: "", prompt: "" }] }
    case "remove":
      return { ...draft, steps: draft.steps.filter(({ key }) => key !== change.key) }
    case "move":
      return { ...draft, steps: moved(draft.steps, change.key, change.by) }
    case "refused":
      return { ...draft, errors: change.errors }
  }
}

/** What the server is sent. */
export function newWorkflowOf({ goal, connector, steps }: Draft): NewWorkflow {
  const plain = steps.map(({ name, prompt }) => ({ name, prompt }))
  return connector === "" ? { goal, steps: plain } : { goal, connector, steps: plain }
}

/** The server's field errors by the id of the input that they are about; `steps.0.name` becomes the step's own. */
export function errorsByInput({ fields }: ApiError, { steps }: Draft): Map<string, string> {
  const messages = new Map<string, string>()
  for (const { field, message } of fields) {
    const id = inputIdOf(field, steps)
    messages.set(id, [messages.get(id), message].filter(Boolean).join("; "))
  }
  return messages
}

function inputIdOf(field: string, steps: DraftStep[]): string {
  const [, index, part] = /^steps\.(\d+)\.(\w+)$/.exec(field) ?? []
  const step = index === undefined ? undefined : steps[Number(index)]
  return step === undefined || part === undefined ? field : stepInputId(step.key, part)
}

function moved(steps: DraftStep[], key: string, by: -1 | 1): DraftStep[] {
  const from = steps.findIndex((step) => step.key === key)
  const step = steps[from]
  const other = steps[from + by]
  if (step === undefined || other === undefined) return steps
  return steps.with(from, other).with(from + by, step)
}

function without(errors: ReadonlyMap<string, string>, id: string): ReadonlyMap<string, string> {
  return new Map([...errors].filter(([key]) => key !== id))
}
