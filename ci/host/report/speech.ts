import type { Colors } from "picocolors/types.js"
import { STEP_BEGINS } from "../../pipeline/deploy-steps.js"

/** The step that begins, when a line of a stage that speaks says so; it is shown while it runs, and not kept. */
export function beginningStep(line: string): string | undefined {
  return line.startsWith(STEP_BEGINS) ? line.slice(STEP_BEGINS.length) : undefined
}

/** A line with its mark in colour. */
export function painted(line: string, { green, red, yellow }: Colors): string {
  const paint = { "✔": green, "✖": red, "○": yellow } as const
  return line.replace(
    /^( *)([✔✖○])/,
    (_, indent: string, mark: keyof typeof paint) => indent + paint[mark](mark),
  )
}
