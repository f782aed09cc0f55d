import { dag, type Directory } from "@dagger.io/dagger"
import { project } from "../pipeline/project.js"
import { partOf } from "../pipeline/parts.js"
import { stageNamed } from "../pipeline/stages.js"
import { executed } from "./stage.js"
import type { Sources } from "./trees.js"

/** What the builds of all packages leave, in the folders where they leave it. */
export async function builds(sources: Sources): Promise<Directory> {
  const stage = stageNamed("build")
  let all = dag.directory()
  for (const part of stage.parts ?? []) {
    const { output } = project.builds[part.name as keyof typeof project.builds]
    const built = await executed(partOf(stage, part), sources)
    all = all.withDirectory(output, built.directory(output))
  }
  return all
}
