// Outlives the run that started it, by a moment: takes away what that run left, however it ended.
// Reads one JSON object a line from standard input, and cleans up when that input ends, which is also
// what happens when the run is killed. Plain JavaScript, so that it starts in 40 ms and needs no loader.
//
//   { "process": pid, "database": bool }   a process group to end; databases go last
//   { "ended": pid }                       it is gone already
//   { "folder": path }                     a folder to remove
import { rm } from "node:fs/promises"
import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { strays } from "./strays.mjs"

const GRACE_MS = 8_000

const processes = new Map()
const folders = new Set()

function note(message) {
  if (message.process) processes.set(message.process, message.database === true)
  if (message.ended) processes.delete(message.ended)
  if (message.folder) folders.add(message.folder)
}

function signalled(pid, signal) {
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    return false
  }
}

async function end(pids, signal) {
  let alive = pids.filter((pid) => signalled(pid, signal))
  for (const deadline = Date.now() + GRACE_MS; alive.length > 0 && Date.now() < deadline; await sleep(20))
    alive = alive.filter((pid) => signalled(pid, 0))
  for (const pid of alive) signalled(pid, "SIGKILL")
}

function pids(database) {
  return [...processes].filter(([, isDatabase]) => isDatabase === database).map(([pid]) => pid)
}

// A terminal's Ctrl-C or hang-up is the run's to answer; this process goes when the run has gone.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined)

for await (const line of createInterface({ input: process.stdin })) note(JSON.parse(line))

async function endStrays() {
  for (const folder of folders)
    for (const pid of await strays(folder)) {
      try {
        process.kill(pid, "SIGKILL")
      } catch {
        // It has ended by itself meanwhile.
      }
    }
}

await end(pids(false), "SIGTERM")
await endStrays()
// SIGQUIT is PostgreSQL's immediate stop: its files are about to be removed anyway.
await end(pids(true), "SIGQUIT")
for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
