import { execa } from "execa"
import { Client } from "pg"
import { startPostgres } from "../host/postgres/cluster.js"
import { scratch } from "../host/reaper/scratch.js"
import { inTurn, median, row, type Figures } from "./figures.js"

/** How long a PostgreSQL takes to be ready, and a fresh database in it against one that is migrated from nothing. */
export async function benchDatabase(rounds: number): Promise<string[]> {
  const [ready] = await inTurn(rounds, { "PostgreSQL made, started and ready": started })
  const own = scratch()
  try {
    const { url } = await startPostgres(own)
    const admin = new Client({ connectionString: url })
    await admin.connect()
    let count = 0
    await migrated("template_of_bench", { admin, url })
    const copy = () => admin.query(`CREATE DATABASE copy_${count++} TEMPLATE template_of_bench`)
    const [fresh, whole] = await inTurn(rounds, {
      "a fresh database for a test file, from the template": copy,
      "the same, migrated from nothing": () => migrated(`whole_${count++}`, { admin, url }),
    }).finally(() => admin.end())
    return ready && fresh && whole
      ? [goal(ready, 1500), row(whole, whole), row(fresh, whole), goal(fresh, 100)]
      : []
  } finally {
    await own.clear()
  }
}

async function started(): Promise<void> {
  const own = scratch()
  await startPostgres(own).finally(() => void own.clear())
}

async function migrated(name: string, { admin, url }: { admin: Client; url: string }): Promise<void> {
  await admin.query(`CREATE DATABASE ${name}`)
  const env = { DATABASE_URL: Object.assign(new URL(url), { pathname: `/${name}` }).href }
  await execa("npm", ["run", "--silent", "migrate"], { env })
}

const goal = (figures: Figures, milliseconds: number) =>
  `  ${figures.name}: ${median(figures).toFixed(0)} ms (goal: under ${milliseconds} ms)`
