import { scratch, type Scratch } from "../host/reaper/scratch.js"
import { ground, type Ground } from "../trial/ground.js"
import { benchSwitch, benchThroughput } from "./deploy/fronts.js"
import { kamalProxy } from "./deploy/kamal-proxy.js"
import { benchServing } from "./deploy/serving-time.js"
import { benchUnderLoad } from "./deploy/under-load.js"

/** Deploys to `local` in a copy of the checkout: its front beside kamal-proxy, its time, and what callers notice of it. */
export async function benchDeploy(rounds: number): Promise<string[]> {
  const own = scratch()
  try {
    const there = await ground()
    return await measured(there, own, rounds).finally(() => there.remove())
  } finally {
    await own.clear()
  }
}

async function measured(there: Ground, own: Scratch, rounds: number): Promise<string[]> {
  const kamal = await kamalProxy(own)
  return [
    ...(await benchThroughput(there, kamal, rounds)),
    ...(await benchSwitch(there, kamal, rounds)),
    ...(await benchServing(there, own, rounds)),
    ...(await benchUnderLoad(there)),
  ]
}
