import { parseArgs } from "node:util"
import { benchCheck } from "./check.js"
import { benchDaggerCall, benchDaggerCheck } from "./dagger.js"
import { benchDatabase } from "./database.js"
import { benchDeploy } from "./deploy.js"
import { benchImages } from "./images.js"
import { benchOverhead } from "./overhead.js"

const USAGE =
  "npm run bench -- [check] [overhead] [database] [dagger-call] [dagger-check] [images] [deploy] [--rounds <number>]"

const BENCHES: Readonly<
  Record<string, { rounds: number; title: string; run(rounds: number): Promise<string[]> }>
> = {
  check: { rounds: 3, title: "check, against the same scripts", run: benchCheck },
  overhead: { rounds: 20, title: "one stage, against its npm script", run: benchOverhead },
  "dagger-call": { rounds: 9, title: "Dagger: a call that does nothing", run: benchDaggerCall },
  "dagger-check": { rounds: 3, title: "Dagger: check", run: benchDaggerCheck },
  images: { rounds: 1, title: "images, against a plain build in one stage", run: benchImages },
  deploy: { rounds: 5, title: "deploys to local", run: benchDeploy },
  database: { rounds: 10, title: "databases", run: benchDatabase },
}

/** `npm run bench`: figures as medians with their range, and ratios to the first of each group, all of one run. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { rounds: { type: "string" } },
    allowPositionals: true,
  })
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
  const unknown = names.filter((name) => !(name in BENCHES))
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
  if (unknown.length > 0 || (rounds !== undefined && !(rounds >= 1))) {
    console.error(`expected ${USAGE}, received ${args.join(" ")}`)
    return 2
  }
  for (const name of names) {
    const bench = BENCHES[name]
    if (!bench) continue
    console.log(`${bench.title} (${rounds ?? bench.rounds} rounds; median, range, ratio)`)
    for (const line of await bench.run(rounds ?? bench.rounds)) console.log(line)
    console.log("")
  }
  return 0
}

process.exitCode = await main(process.argv.slice(2))
