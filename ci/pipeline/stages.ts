import { CHECK_STAGES } from "./check-stages.js"
import { PLATFORM_STAGES } from "./platform-stages.js"
import { RELEASE_STAGES } from "./release-stages.js"
import { DEPLOY_STAGES } from "./deploy-stages.js"
import type { Stage } from "./stage.js"

/** What makes a report of the evidence that other stages left. */
const REPORT: Stage = {
  name: "report",
  summary: "what the newest run found wrong",
  runs: { script: "report" },
  timeoutSeconds: 60,
  repeat: "npm run report",
}

/** Every stage there is. */
export const STAGES: readonly Stage[] = [
  ...CHECK_STAGES,
  ...RELEASE_STAGES,
  REPORT,
  ...PLATFORM_STAGES,
  ...DEPLOY_STAGES,
]

/** @throws when there is none of that name */
export function stageNamed(name: string): Stage {
  const stage = STAGES.find((each) => each.name === name)
  if (!stage) throw new Error(`expected a stage, received ${name}`)
  return stage
}
