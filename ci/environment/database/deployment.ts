import { z } from "zod"
import { Deployable } from "../../release/deployable.js"

/** How a deployment ended. `taken back`: the version before serves; `abandoned`: its program ended without a word. */
export const ENDINGS = ["succeeded", "taken back", "failed", "abandoned"] as const
export type Ending = (typeof ENDINGS)[number]

/** One step of a deployment. */
export const Step = z.object({
  /** From 1. */
  position: z.number(),
  name: z.string(),
  startedAt: z.coerce.date(),
  /** Null while it runs. */
  seconds: z.number().nullable(),
  /** Such as running, succeeded, skipped, failed. */
  outcome: z.string(),
  note: z.string().nullable(),
})
export type Step = z.infer<typeof Step>

/** A release that was brought to an environment, or was to be. */
export const Deployment = z.object({
  /** From 1, in the order in which they began. */
  id: z.number(),
  environment: z.string(),
  kind: z.enum(["deploy", "rollback"]),
  release: Deployable,
  /** Such as `v1.2.3`. */
  version: z.string(),
  who: z.string(),
  host: z.string(),
  /** The deployment that served when it began. */
  previous: z.number().nullable(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  outcome: z.enum(["running", ...ENDINGS]),
  reason: z.string().nullable(),
  failedStep: z.string().nullable(),
  /** What served when it had ended, in words. */
  serving: z.string().nullable(),
  steps: z.array(Step),
})
export type Deployment = z.infer<typeof Deployment>
