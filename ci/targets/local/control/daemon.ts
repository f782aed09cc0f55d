import { spawn } from "node:child_process"
import { mkdirSync, openSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join, sep } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath, pathToFileURL } from "node:url"
import { allowed } from "../../../pipeline/environment.js"
import type { Places } from "../places.js"
import { connectTo, type Connection } from "./connection.js"
import { LocalFailure } from "../failure.js"

const DEADLINE_MS = 90_000
const POLL_MS = 50

/**
 * A connection to the daemon of a folder, which is started when none answers.
 * @throws when the folder can't be written, or the daemon does not start
 */
export async function daemon(places: Places): Promise<Connection> {
  const there = await connectTo(places.address)
  if (there) return there
  const log = openLog(places)
  const ended = started(places, log)
  let how: number | undefined
  void ended.then((code) => (how = code))
  for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline;) {
    await sleep(POLL_MS)
    const connection = await connectTo(places.address)
    if (connection) return connection
    if (how !== undefined && how !== 0) throw await notStarted(places)
  }
  throw await notStarted(places)
}

function openLog({ folder, logs }: Places): number {
  try {
    mkdirSync(logs, { recursive: true, mode: 0o755 })
    return openSync(join(logs, "daemon.log"), "a", 0o600)
  } catch (error) {
    const advice = "deploy from a checkout that belongs to the account that you use"
    const expected = `expected to write into ${folder}, where the target local keeps everything`
    throw new LocalFailure(`${expected}; received: ${(error as Error).message}; ${advice}`, { cause: error })
  }
}

/** It outlives this process: a session of its own, and nothing by which a run's clean-up would know it. */
function started({ folder }: Places, log: number): Promise<number> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href
  const program = fileURLToPath(new URL("../daemon.ts", import.meta.url))
  const child = spawn(process.execPath, ["--import", loader, program, folder], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...allowed(process.env), TMPDIR: temporaryFolder() },
  })
  child.unref()
  return new Promise((resolve) => {
    child.on("error", () => resolve(1)).on("exit", (code) => resolve(code ?? 1))
  })
}

/** A run gives its stages a folder that goes with it; the daemon takes the one above. */
function temporaryFolder(): string {
  const parts = tmpdir().split(sep)
  const own = parts.findIndex((part) => part.startsWith("aca-ci-"))
  return own < 0 ? tmpdir() : dirname(parts.slice(0, own + 1).join(sep))
}

async function notStarted({ logs }: Places): Promise<LocalFailure> {
  const file = join(logs, "daemon.log")
  const lines = (await readFile(file, "utf8").catch(() => "")).trim().split("\n")
  const said = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "nothing"
  return new LocalFailure(`expected the daemon of the target local to start; it said: ${said}; see ${file}`)
}
