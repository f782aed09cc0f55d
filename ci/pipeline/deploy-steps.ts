/** The steps of a deploy, in order. `ci/deploy` carries them out. */
export const STEPS = [
  "lock",
  "check",
  "back up",
  "migrate",
  "start new",
  "health gate",
  "switch",
  "smoke",
  "retire old",
  "unlock",
] as const
export type StepName = (typeof STEPS)[number]
