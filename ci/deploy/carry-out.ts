import { hostname } from "node:os"
import type { ClientBase } from "pg"
import { claim } from "../environment/database/environment.js"
import { takeLock, type Lock } from "../environment/database/lock.js"
import type { Settings } from "../environment/settings/settings.js"
import { STEP_SECONDS } from "../pipeline/deploy-steps.js"
import { revision } from "../release/deployable.js"
import type { Instance, Order, Target } from "../targets/target.js"
import { begun, type Books } from "./books.js"
import { ended } from "./ending.js"
import { described, type DeployResult, type StepResult } from "./result.js"
import { ACTIONS, INNER_STEPS, leftOut } from "./story.js"
import { Teller, type Listener } from "./teller.js"
import type { Work } from "./work.js"

/** What is asked of a deploy or a rollback. */
export interface Request {
  readonly kind: Work["kind"]
  readonly settings: Settings
  readonly target: Target
  /** What is to serve; a rollback finds it in the history. */
  readonly order: (client: ClientBase, before: Instance | undefined) => Promise<Order>
  /** How long to wait for another deploy to end. */
  readonly waitMs: number
  readonly allowBreaking: boolean
  /** Who asks. */
  readonly by: string
  readonly listener: Listener
  readonly say: (line: string) => void
  /** Ends it early; what was begun is then taken back. */
  readonly signal: AbortSignal
}

/** Carries out a deploy or a rollback from lock to unlock. Rejects only for what nobody expects of it. */
export async function carryOut(request: Request): Promise<DeployResult> {
  const started = performance.now()
  const held = new AbortController()
  const signal = AbortSignal.any([request.signal, held.signal])
  const books: Books = { note: () => Promise.resolve(), end: () => Promise.resolve(), id: null }
  const teller = new Teller(noting(request.listener, books), secondsOf(request), signal)
  const ending = await withLock(request, teller, async (lock) => {
    lock.lost.addEventListener("abort", () => held.abort(lock.lost.reason))
    return told(request, { lock, teller, books })
  })
  const seconds = Math.round(performance.now() - started) / 1000
  return { ...common(request), seconds, deployment: books.id, steps: teller.results, ...ending }
}

type Ending = Pick<
  DeployResult,
  "outcome" | "commit" | "version" | "failedStep" | "reason" | "serving" | "fingerprints"
>

const common = ({ kind, settings, target }: Request) => ({
  kind,
  environment: settings.environment,
  target: target.name,
  publicUrl: target.publicUrl,
})

async function withLock(
  request: Request,
  teller: Teller,
  action: (lock: Lock) => Promise<Ending>,
): Promise<Ending> {
  let lock: Lock | undefined
  try {
    await teller.step("lock", async (signal) => {
      lock = await locked(request, signal)
      return lock.abandoned.map((id) => `deployment ${id} had ended without a word`).join(", ")
    })
    if (!lock) throw new Error("expected the lock to have been taken")
    return await action(lock)
  } catch (error) {
    return await refused(request, error)
  } finally {
    const taken = lock
    if (taken) await teller.step("unlock", () => taken.release().then(() => "")).catch(() => undefined)
  }
}

async function locked({ target, settings, by, waitMs, say }: Request, signal: AbortSignal): Promise<Lock> {
  const holder = { who: by, host: hostname() }
  const lock = await takeLock(target.databaseUrl, { holder, waitMs, say: within(say), signal })
  try {
    await claim(lock.client, settings.environment)
    return lock
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Nothing of it has begun: it was refused at the door. */
async function refused({ target }: Request, error: unknown): Promise<Ending> {
  const reason = error instanceof Error ? error.message : String(error)
  const serving = described(await target.serving().catch(() => undefined))
  return {
    outcome: "refused",
    commit: "",
    version: "",
    failedStep: "lock",
    reason,
    serving,
    fingerprints: [],
  }
}

interface Held {
  readonly lock: Lock
  readonly teller: Teller
  readonly books: Books
}

async function told(request: Request, { lock, teller, books }: Held): Promise<Ending> {
  const { target, settings, kind, allowBreaking } = request
  const say = within(request.say)
  const before = await target.serving()
  const order = await request.order(lock.client, before)
  Object.assign(books, await begun(lock, { request, order, taken: teller.results }))
  const work: Work = {
    ...{ settings, target, order, kind, before, allowBreaking, lock, say },
    ...{ pending: [], hasChanged: false, isProven: false },
  }
  const failure = await steps(work, teller)
  const ending = await ended(work, teller, failure)
  await books.end(ending)
  return { ...ending, commit: revision(order.release), version: order.version }
}

/** @returns the first error, of which the step has been told */
async function steps(work: Work, teller: Teller): Promise<unknown> {
  try {
    for (const name of INNER_STEPS) {
      const why = leftOut(name, work.kind, work.target)
      if (why === undefined) await teller.step(name, (signal) => ACTIONS[name](work, signal))
      else await teller.leaveOut(name, why)
    }
    return undefined
  } catch (error) {
    return error
  }
}

/** What is said while a step runs stands below it. */
const within = (say: Request["say"]) => (line: string) => say(`      ${line}`)

function noting(listener: Listener, books: Books): Listener {
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

function secondsOf({ settings, waitMs }: Request) {
  return (name: StepResult["name"]) => {
    if (name === "take back") return STEP_SECONDS["retire old"] + STEP_SECONDS.switch
    const seconds = settings.DEADLINES[name] ?? STEP_SECONDS[name]
    return name === "lock" ? seconds + waitMs / 1000 : seconds
  }
}
