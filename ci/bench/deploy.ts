import { scratch, type Scratch } from "../host/reaper/scratch.js"
import { ground, type Ground } from "../trial/ground.js"
import { benchSwitch, benchThroughput } from "./deploy/fronts.js"
import { kamalProxy } from "./deploy/kamal-proxy.js"
import { benchServing } from "./deploy/serving-time.js"
import { benchSwarm } from "./deploy/swarm-time.js"
import { benchUnderLoad } from "./deploy/under-load.js"

/**
 * Deploys to `local` in a copy of the checkout: its front beside kamal-proxy, its time, and what callers notice of it. What
 * was started ends with Ctrl-C, too.
 */
export async function benchDeploy(rounds: number): Promise<string[]> {
  const own = scratch()
  const there = await ground().catch(async (error: unknown) => {
    await own.clear()
    throw error
  })
  const clear = () => there.remove().finally(() => own.clear())
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void clear().finally(() => process.exit(1)))
  return measured(there, own, rounds).finally(clear)
}

async function measured(there: Ground, own: Scratch, rounds: number): Promise<string[]> {
  const kamal = await kamalProxy(own)
  return [
    ...(await benchThroughput(there, kamal, rounds)),
    ...(await benchSwitch(there, kamal, rounds)),
    ...(await benchServing(there, own, rounds)),
    ...(await benchSwarm(rounds)),
    ...(await benchUnderLoad(there)),
  ]
}
