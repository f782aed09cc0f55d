import { readdir, readFile } from "node:fs/promises"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { expect } from "vitest"

/** A folder that is a run's own `TMPDIR`, so that what it leaves can be told from what others do. */
export async function leftIn(temporary: string): Promise<string[]> {
  const processes = (await execa("ps", ["-eo", "pid,args"])).stdout
    .split("\n")
    .filter((line) => line.includes(temporary))
  const environments = await Promise.all((await pids()).map((pid) => startedWith(pid, temporary)))
  return [
    ...processes,
    ...environments.flat(),
    ...(await readdir(temporary)).filter((name) => name.startsWith("aca-ci-")),
  ]
}

/** For what has ended: what it killed is gone when the system has got round to it. */
export const AT_ONCE_SECONDS = 5

/** Waits until a run has left nothing: no process, no database, no folder. */
export async function expectNothingLeftIn(temporary: string, seconds = 60): Promise<void> {
  let left = await leftIn(temporary)
  for (const deadline = Date.now() + seconds * 1000; left.length > 0 && Date.now() < deadline;) {
    await sleep(200)
    left = await leftIn(temporary)
  }
  expect(left).toEqual([])
}

async function pids(): Promise<string[]> {
  const entries = await readdir("/proc").catch(() => [])
  return entries.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
}

/** Linux says with which environment a process was started; elsewhere the argument list has to do. */
async function startedWith(pid: string, temporary: string): Promise<string[]> {
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")
  return environment.includes(`TMPDIR=${temporary}`) ? [`process ${pid}`] : []
}
