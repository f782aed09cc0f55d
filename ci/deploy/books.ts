import { hostname } from "node:os"
import { setTimeout as sleep } from "node:timers/promises"
import { beginDeployment, endDeployment, noteStep, type Ended } from "../environment/database/deployments.js"
import { lastSucceeded } from "../environment/database/history.js"
import type { Lock } from "../environment/database/lock.js"
import type { Order } from "../targets/target.js"
import type { Request } from "./request.js"
import type { DeployResult, Outcome, StepResult } from "./result.js"
import type { Listener } from "./teller.js"

const WRITTEN_WITHIN_MS = 2_000

/** A step as the history has it. */
export type Noted = Omit<StepResult, "outcome"> & { readonly outcome: StepResult["outcome"] | "running" }

/** The environment's history, as far as one deploy writes it. */
export interface Books {
  /** The deployment's number; null before it has one. */
  id: number | null
  note: (step: Noted) => Promise<void>
  end: (result: Pick<DeployResult, "outcome" | "reason" | "failedStep" | "serving">) => Promise<void>
}

/** A listener that also writes each step into the books, as soon as they are open. */
export function noting(listener: Listener, books: Books): Listener {
  return {
    begun: async (name) => {
      await listener.begun(name)
      await books.note({ name, outcome: "running", seconds: 0, note: "" })
    },
    ended: async (step) => {
      await listener.ended(step)
      await books.note(step)
    },
  }
}

interface Begin {
  readonly request: Pick<Request, "kind" | "by" | "say">
  readonly order: Order
  /** The steps before it had a number. */
  readonly taken: readonly StepResult[]
}

/**
 * Opens the books of a deployment. What can't be written down later is said and stops nothing: a deploy that has lost its
 * database has other worries.
 */
export async function begun(lock: Lock, { request, order, taken }: Begin): Promise<Books> {
  const { kind, by: who, say } = request
  const previous = (await lastSucceeded(lock.client))?.id
  const id = await beginDeployment(lock.client, { kind, ...order, who, host: hostname(), previous })
  const written = new Map<string, { readonly position: number; readonly startedAt: Date }>()
  const forgiving = (writing: Promise<unknown>) =>
    writing.then(
      () => undefined,
      (error: unknown) => say(`the history could not be written: ${(error as Error).message}`),
    )
  // A slow database must not hold a step up, least of all the one that goes back.
  const soon = (writing: Promise<void>) =>
    Promise.race([writing, sleep(WRITTEN_WITHIN_MS, undefined, { ref: false })])
  const note: Books["note"] = ({ name, outcome, seconds, note: words }) => {
    const row = written.get(name) ?? {
      position: written.size + 1,
      startedAt: new Date(Date.now() - seconds * 1000),
    }
    written.set(name, row)
    const step = {
      ...row,
      name,
      outcome,
      note: words || null,
      seconds: outcome === "running" ? null : seconds,
    }
    // The connection has gone with the lock.
    if (name === "unlock") return Promise.resolve()
    const holder = outcome === "running" ? lock.step(name) : undefined
    return soon(forgiving(Promise.all([noteStep(lock.client, id, step), holder])))
  }
  for (const step of taken) await note(step)
  return { id, note, end: (result) => forgiving(endDeployment(lock.client, id, endingOf(result))) }
}

const ENDINGS = {
  succeeded: "succeeded",
  "taken back": "taken back",
  refused: "failed",
  failed: "failed",
  lost: "failed",
} as const satisfies Record<Outcome, Ended["outcome"]>

function endingOf({ outcome, reason, failedStep, serving }: Parameters<Books["end"]>[0]): Ended {
  return {
    outcome: ENDINGS[outcome],
    reason: reason ?? undefined,
    failedStep: failedStep ?? undefined,
    serving,
  }
}
