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

/** Seconds after which a step has failed, unless the settings' DEADLINES say otherwise. Waiting for the lock is not counted. */
export const STEP_SECONDS: Readonly<Record<StepName, number>> = {
  lock: 30,
  check: 120,
  "back up": 3600,
  migrate: 1800,
  "start new": 300,
  "health gate": 120,
  switch: 30,
  smoke: 120,
  // The server itself takes 25 s at most to end what is under way; more where SHUTDOWN_DEADLINE_MS says so.
  "retire old": 60,
  unlock: 10,
}

/** Seconds for which a front lets requests end before a server is told to. */
export const DRAIN_SECONDS = 30
/** Seconds that a server gets beyond its own SHUTDOWN_DEADLINE_MS before it is killed. */
export const SPARE_END_SECONDS = 5

/** What a line begins with that names the step that begins; a line with a mark follows when it has ended. */
export const STEP_BEGINS = "  ▸ "
