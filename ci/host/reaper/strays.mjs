import { execFile } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import { promisify } from "node:util"

/**
 * Processes that left the process groups of their run, as a daemon does. They are known by the `TMPDIR` that a run
 * gives to its stages alone, below its own temporary folder.
 * @param {string} folder the run's temporary folder
 * @returns {Promise<number[]>} their process ids
 */
export async function strays(folder) {
  const mark = `TMPDIR=${folder}/`
  const found = process.platform === "linux" ? await inProc(mark) : await inProcessList(mark)
  return found.map(Number).filter((pid) => pid !== process.pid)
}

async function inProc(mark) {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name))
  const marked = await Promise.all(pids.map((pid) => isMarked(`/proc/${pid}/environ`, mark)))
  return pids.filter((_, index) => marked[index])
}

/** A process of another account, or one that has just ended, can't be read, and is none of ours. */
async function isMarked(environment, mark) {
  return (await readFile(environment, "utf8").catch(() => ""))
    .split("\0")
    .some((each) => each.startsWith(mark))
}

/** macOS tells the environments of one's own processes here. */
async function inProcessList(mark) {
  const { stdout } = await promisify(execFile)("ps", ["-axwwE", "-o", "pid=,command="]).catch(() => ({
    stdout: "",
  }))
  return stdout.split("\n").flatMap((line) => (line.includes(` ${mark}`) ? [line.trim().split(" ")[0]] : []))
}
