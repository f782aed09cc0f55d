import type { Option } from "./pipeline/function.js"

/** What is wrong with an option's value, as `--name to be …, received …`; `undefined` when nothing is. */
export function optionProblem(option: Option, value: string | undefined): string | undefined {
  const flag = `--${option.name}`
  if (value === undefined) return option.required ? `${flag} <${option.value}>: ${option.summary}` : undefined
  if (option.isFlag) return undefined
  const expected = expectation(option)
  if (expected.accepts(value)) return undefined
  return `${flag} to be ${expected.words}${option.isSecret ? "" : `, received ${value}`}`
}

interface Expectation {
  readonly words: string
  accepts(value: string): boolean
}

function expectation({ values, value, isSecret }: Option): Expectation {
  if (values) return { words: `one of ${values.join(", ")}`, accepts: (text) => values.includes(text) }
  if (value === "url") return { words: "an http or https URL", accepts: isHttpUrl }
  if (isSecret) return { words: "env://NAME or file://path, never the secret itself", accepts: isReference }
  if (value === "seconds") return { words: "whole seconds", accepts: (text) => /^\d{1,6}$/.test(text) }
  if (value === "port") return { words: "a port from 0 to 65535", accepts: isPort }
  return { words: "anything", accepts: () => true }
}

const isReference = (text: string) => /^(env|file):\/\/./.test(text)
const isHttpUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) < 65_536
