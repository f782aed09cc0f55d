import { throughput } from "../../load/closed.js"
import { revision } from "../../release/deployable.js"
import { otherColour, type Instance } from "../../targets/target.js"
import type { Ground } from "../../trial/ground.js"
import { median, row } from "../figures.js"
import { commitAt, serverPort, serving, startedBeside, until } from "./instances.js"
import { NO_KAMAL_PROXY, type KamalProxy } from "./kamal-proxy.js"

const LOAD = { path: "/healthz", connections: 32, requests: 8_000 }

/** How much gets through the front and through kamal-proxy, of what the same server answers directly. */
export async function benchThroughput(
  there: Ground,
  kamal: KamalProxy | undefined,
  rounds: number,
): Promise<string[]> {
  const port = await serverPort(there, await serving(there))
  await kamal?.deploy(port)
  const ways = [
    { name: "directly", url: `http://127.0.0.1:${port}`, rates: [] as number[] },
    { name: "through the front", url: there.url, rates: [] as number[] },
    ...(kamal ? [{ name: "through kamal-proxy", url: kamal.url, rates: [] as number[] }] : []),
  ]
  for (const { url } of ways) await throughput({ ...LOAD, url })
  for (let round = 0; round < rounds; round++)
    for (const way of round % 2 === 0 ? ways : ways.toReversed())
      way.rates.push(await throughput({ ...LOAD, url: way.url }))
  const base = ways[0]?.rates ?? []
  const lines = ways.map(({ name, rates }) => rate(name, rates, base))
  return [...lines, ...(kamal ? [] : [`  through kamal-proxy ${NO_KAMAL_PROXY}`])]
}

const middle = (rates: readonly number[]) => median({ name: "", milliseconds: rates })

/** The ratio is of each round by itself: whatever else the machine does changes from one to the next. */
function rate(name: string, rates: readonly number[], base: readonly number[]): string {
  const range = `${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)}`
  const ratio = middle(rates.map((each, round) => each / (base[round] ?? Number.NaN)))
  const figures = `${middle(rates).toFixed(0)} (${range})`
  return `  ${`requests a second, ${name}`.padEnd(52)} ${figures.padEnd(34)} ${ratio.toFixed(2)}`
}

/** From the call of the switch until the new version answers, through the front and through kamal-proxy. */
export async function benchSwitch(
  there: Ground,
  kamal: KamalProxy | undefined,
  rounds: number,
): Promise<string[]> {
  const one = await serving(there)
  const other = await startedBeside(there, await there.variant())
  const front = { name: "a switch of the front", milliseconds: [] as number[] }
  const proxy = { name: "a switch of kamal-proxy", milliseconds: [] as number[] }
  await kamal?.deploy(await serverPort(there, one))
  for (let round = 0; round < rounds; round++) {
    const to = round % 2 === 0 ? other : one
    const port = await serverPort(there, to)
    front.milliseconds.push(await untilAnswers(there.url, to, () => switched(there, to)))
    if (kamal) proxy.milliseconds.push(await untilAnswers(kamal.url, to, () => kamal.deploy(port)))
  }
  await there.target.remove(otherColour(await serving(there)), new AbortController().signal)
  const base = kamal ? proxy : front
  const beside = kamal ? row(proxy, base) : `  ${proxy.name} ${NO_KAMAL_PROXY}`
  return [beside, `${row(front, base)} (goal: no more than kamal-proxy's)`]
}

async function switched({ target }: Ground, to: Instance): Promise<void> {
  const kept = await target.switchTo(to, new AbortController().signal)
  await kept.confirm()
}

async function untilAnswers(url: string, to: Instance, act: () => Promise<void>): Promise<number> {
  const began = performance.now()
  const answered = until(async () => (await commitAt(url)) === revision(to.release)).then(
    () => performance.now() - began,
  )
  const [milliseconds] = await Promise.all([answered, act()])
  return milliseconds
}
