import type { Option } from "./pipeline/function.js"

/** What is wrong with an option's value, as `--name to be …, received …`; `undefined` when nothing is. */
export function optionProblem(option: Option, value: string | undefined): string | undefined {
  const flag = `--${option.name}`
  if (value === undefined) return option.required ? `${flag} <${option.value}>: ${option.summary}` : undefined
  const expected = expectation(option)
  return expected.accepts(value) ? undefined : `${flag} to be ${expected.words}, received ${value}`
}

interface Expectation {
  readonly words: string
  accepts(value: string): boolean
}

function expectation({ values, value }: Option): Expectation {
  if (values) return { words: `one of ${values.join(", ")}`, accepts: (text) => values.includes(text) }
  if (value === "url") return { words: "an http or https URL", accepts: isHttpUrl }
  if (value === "port") return { words: "a port from 0 to 65535", accepts: isPort }
  return { words: "anything", accepts: () => true }
}

const isHttpUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) < 65_536
