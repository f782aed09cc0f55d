import { project } from "./project.js"
import type { Part, Stage } from "./stage.js"

/** The tests of one package. */
export function testsOf(name: keyof typeof project.tests, own: Pick<Part, "reads" | "database">): Part {
  return { name, script: project.tests[name], repeat: `npm run ci -- test --only ${name}`, ...own }
}

/** The build of one package. */
export function buildOf(name: keyof typeof project.builds): Part {
  const { script } = project.builds[name]
  return { name, script, repeat: `npm run ${script}`, reads: name }
}

/** The stage that is one part of another. */
export function partOf(stage: Stage, { name, script, ...own }: Part): Stage {
  return { ...stage, ...own, parts: [], name: `${stage.name}-${name}`, runs: { script } }
}

/** Stages with those that have parts as their parts: for an executor with layers. */
export function inParts(stages: readonly Stage[]): Stage[] {
  return stages.flatMap((stage) =>
    stage.parts?.length ? stage.parts.map((part) => partOf(stage, part)) : stage,
  )
}
