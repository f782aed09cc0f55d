import type { PipelineFunction } from "./function.js"
import { partOf } from "./parts.js"
import type { project } from "./project.js"
import type { Stage } from "./stage.js"
import { STAGES } from "./stages.js"

/**
 * The stages of a function, each needing only stages of the same function.
 * @param only the package whose tests alone are to run
 * @throws when the function names a stage that does not exist
 */
export function plan(called: PipelineFunction, only?: keyof typeof project.tests): Stage[] {
  const missing = called.stages.filter((name) => !STAGES.some((stage) => stage.name === name))
  if (missing.length > 0)
    throw new Error(`function ${called.name} names unknown stages: ${missing.join(", ")}`)
  return STAGES.filter(({ name }) => called.stages.includes(name))
    .map((stage) => (only !== undefined && stage.name === "test" ? partNamed(only, stage) : stage))
    .map((stage) => ({ ...stage, needs: (stage.needs ?? []).filter((name) => called.stages.includes(name)) }))
}

function partNamed(name: string, stage: Stage): Stage {
  const part = stage.parts?.find((each) => each.name === name)
  return part ? partOf(stage, part) : stage
}
