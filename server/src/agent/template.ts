/** What the names in a prompt template stand for. */
export interface TemplateValues {
  goal: string
  /** The name of the step itself. */
  stepName: string
  /** Outputs of the earlier steps, the first step's first. */
  outputs: readonly string[]
}

const placeholder = /\{\{([^{}]*)\}\}/g

/**
 * The names in a template that do not exist for a step, in order.
 * Known: `goal`, `step.name`, `previous.output`, and `steps.<n>.output` for the steps before (from 1).
 * @param position Of the step the template belongs to, from 1.
 */
export function unknownNames(template: string, position: number): string[] {
  const outputs = Array.from({ length: position - 1 }, () => "")
  const values = namedValues({ goal: "", stepName: "", outputs })
  return [...template.matchAll(placeholder)]
    .map(([, name = ""]) => name.trim())
    .filter((name) => !values.has(name))
}

/**
 * A template with each name replaced. Values are put in as they are: braces inside them mean nothing.
 * @throws Error when a name is unknown, which the check at creation rules out.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  const named = namedValues(values)
  return template.replace(placeholder, (_whole, name: string) => {
    const value = named.get(name.trim())
    if (value === undefined) throw new Error(`expected a known name in the prompt, received {{${name}}}`)
    return value
  })
}

function namedValues({ goal, stepName, outputs }: TemplateValues): Map<string, string> {
  const values = new Map([
    ["goal", goal],
    ["step.name", stepName],
  ])
  outputs.forEach((output, index) => values.set(`steps.${index + 1}.output`, output))
  const previous = outputs.at(-1)
  return previous === undefined ? values : values.set("previous.output", previous)
}
