import { deadline } from "../deadline.js"
import type { Lock } from "../environment/database/lock.js"
import { begun, noting, type Books } from "./books.js"
import { deadlines } from "./deadline.js"
import { ended, type Ending } from "./ending.js"
import { inLock } from "./in-lock.js"
import { noteProven } from "./proven.js"
import { below, type Request } from "./request.js"
import type { DeployResult } from "./result.js"
import { REVOKED_WITHIN_MS, revokeSandboxKeys } from "./sandbox-key.js"
import { ACTIONS, INNER_STEPS, leftOut } from "./story.js"
import { Teller } from "./teller.js"
import type { Work } from "./work.js"

/** Carries out a deploy or a rollback from lock to unlock. Rejects only for what nobody expects of it. */
export async function carryOut(request: Request): Promise<DeployResult> {
  const started = performance.now()
  const held = new AbortController()
  const signal = AbortSignal.any([request.signal, held.signal])
  const books: Books = { note: () => Promise.resolve(), end: () => Promise.resolve(), id: null }
  const teller = new Teller(noting(request.listener, books), deadlines(request), signal)
  const ending = await inLock(request, teller, async (lock) => {
    lock.lost.addEventListener("abort", () => held.abort(lock.lost.reason))
    return told(request, { lock, teller, books })
  })
  const seconds = Math.round(performance.now() - started) / 1000
  return { ...common(request), seconds, deployment: books.id, steps: teller.results, ...ending }
}

const common = ({ kind, settings, target }: Request) => ({
  kind,
  environment: settings.environment,
  target: target.name,
  publicUrl: target.publicUrl,
})

interface Held {
  readonly lock: Lock
  readonly teller: Teller
  readonly books: Books
}

async function told(request: Request, { lock, teller, books }: Held): Promise<Ending> {
  const { target, settings, kind, allowBreaking } = request
  const before = await (target.settled ? target.settled() : target.serving())
  await noteProven(lock, before, target)
  const order = await request.order(lock.client, before)
  Object.assign(books, await begun(lock, { request, order, taken: teller.results }))
  const work: Work = {
    ...{ settings, target, order, kind, before, allowBreaking, lock, say: below(request.say) },
    ...{ pending: [], hasChanged: false, isProven: false, hasAskedForKey: false },
  }
  const failure = await steps(work, teller)
  const ending = await ended(work, teller, failure)
  await books.end(ending)
  // Without the lock they may be the next deploy's keys, which revokes all of that name.
  if (work.hasAskedForKey && !lock.lost.aborted) await revokeSandboxKeys(work, deadline(REVOKED_WITHIN_MS))
  return ending
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
