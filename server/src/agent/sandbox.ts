import { createHash } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { type Connector, ModelError } from "./connector.js"

const approaches = [
  "start with a failing test",
  "change one file at a time",
  "write the contract first",
  "measure, then change",
]
const checks = ["run the tests", "read the diff once more", "try it by hand", "ask for a review"]
const longestDelayMs = 60_000

/**
 * A model that is none: no network, and the same answer for the same prompt.
 * A prompt can steer it, for tests and demonstrations:
 * `[sandbox:delay=500]` waits as many milliseconds (at most 60000), `[sandbox:fail]` fails.
 */
export const sandbox: Connector = {
  async complete(prompt, signal) {
    const delay = Number(/\[sandbox:delay=(\d{1,9})\]/.exec(prompt)?.[1] ?? 0)
    if (delay > 0) await sleep(Math.min(delay, longestDelayMs), undefined, { signal })
    if (prompt.includes("[sandbox:fail]")) throw new ModelError("the prompt asked the sandbox to fail")
    return answer(prompt)
  },
}

function answer(prompt: string): string {
  const hash = createHash("sha256").update(prompt).digest()
  const words = prompt.split(/\s+/).filter(Boolean).length
  const approach = pick(approaches, hash.readUInt16BE(0))
  const check = pick(checks, hash.readUInt16BE(2))
  return `Sandbox answer ${hash.toString("hex", 0, 4)} to a prompt of ${words} words: ${approach}, then ${check}.`
}

const pick = (list: readonly string[], number: number) => list[number % list.length] ?? ""
