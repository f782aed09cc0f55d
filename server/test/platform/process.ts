import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { onTestFinished } from "vitest"
import { testEnvironment, type Variables } from "./environment.js"
import { until } from "./until.js"

/** A server in a process of its own. */
export interface ServerProcess {
  url: string
  /** Its log so far. */
  lines: Record<string, unknown>[]
  kill: (signal: NodeJS.Signals) => void
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>
}

const server = join(import.meta.dirname, "../..")
const preload = join(import.meta.dirname, "die-with-parent.ts")

/** Starts the server and waits until it listens. Killed when the test ends. */
export async function startProcess(databaseUrl: string, changes: Variables = {}): Promise<ServerProcess> {
  const { child, ended, output } = spawnScript("src/main.ts", { ...testEnvironment(databaseUrl, changes) })
  const lines: Record<string, unknown>[] = []
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(JSON.parse(line) as Record<string, unknown>)
  })
  const find = () => lines.find(({ message }) => message === "listening")
  const line = await until(`a server that listens; stderr: ${output.stderr}`, find)
  const kill = (signal: NodeJS.Signals) => void child.kill(signal)
  return { url: `http://127.0.0.1:${String(line.port)}`, lines, kill, ended }
}

/** Runs a script of the server to its end. */
export async function runScript(script: string, env: Variables, args: string[] = []) {
  const { child, ended, output } = spawnScript(script, env, args)
  child.stdout.on("data", (data: Buffer) => (output.stdout += data.toString()))
  return { code: await ended, ...output }
}

// Standard input stays open for as long as this process lives.
function spawnScript(script: string, env: Variables, args: string[] = []) {
  const argv = ["--import", "tsx", "--import", preload, script, ...args]
  const { PATH = "" } = process.env
  const child = spawn(process.execPath, argv, { cwd: server, env: { PATH, ...env }, stdio: "pipe" })
  const output = { stdout: "", stderr: "" }
  child.stderr.on("data", (data: Buffer) => (output.stderr += data.toString()))
  onTestFinished(() => void child.kill("SIGKILL"))
  return { child, ended: end(child), output }
}

async function end(child: ChildProcess): Promise<number | string> {
  await once(child, "close")
  return child.exitCode ?? child.signalCode ?? "unknown"
}
