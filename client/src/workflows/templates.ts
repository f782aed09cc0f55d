/** Something that a prompt can take in, with what it stands for. */
export interface Template {
  text: string
  meaning: string
}

/** The templates that prompts know. */
export const templates: Template[] = [
  { text: "{{goal}}", meaning: "the workflow's goal" },
  { text: "{{step.name}}", meaning: "the name of the step itself" },
  { text: "{{previous.output}}", meaning: "the answer of the step before" },
  { text: "{{steps.1.output}}", meaning: "the answer of step 1, or of any earlier one" },
]

/** The templates that a step can use: the first has no answers to take in. */
export function templatesFor(index: number): Template[] {
  return index === 0 ? templates.filter(({ text }) => !text.includes("output")) : templates
}

interface Selection {
  value: string
  start: number
  end: number
}

/** A text with a template in place of its selection, and where the caret belongs then. */
export function withInserted({ value, start, end }: Selection, template: string) {
  return { value: value.slice(0, start) + template + value.slice(end), caret: start + template.length }
}
