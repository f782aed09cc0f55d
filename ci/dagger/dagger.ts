import { execa } from "execa"
import type { ParsedCall } from "../call.js"
import { account } from "../host/account.js"
import { checkedOutCommit } from "../host/commit.js"
import { originSource } from "../images/source.js"
import { interruption } from "../host/interruption.js"
import { expectNoChanges } from "../release/clean-commit.js"
import { EXIT } from "../pipeline/outcome.js"
import { plan } from "../pipeline/plan.js"
import { daggerArguments } from "./call.js"
import { resultOf } from "./result.js"

/** Carries out a call in a Dagger engine, and says how it went. */
export async function runInDagger(
  call: ParsedCall,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const interrupted = interruption()
  const started = performance.now()
  const options = await withKnown(call)
  if (call.called.name === "publish" && !options["release-tag"])
    await expectNoChanges(options["commit-sha"] ?? "", await checkedOutCommit())
  const argv = daggerArguments({ ...call, options }, process.env)
  const ended = await called(argv, call.json, environment)
  if (call.json) {
    const seconds = Math.round(performance.now() - started) / 1000
    const result = resultOf({ name: call.called.name, seconds, ...ended })
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  }
  if (interrupted.aborted) return EXIT.interrupted
  if (ended.exitCode === 0) return EXIT.passed
  // Dagger ends with the exit code of the command that failed.
  return plan(call.called).some(({ speaks }) => speaks) ? ended.exitCode : EXIT.failed
}

/** For a document, both outputs are kept, and people read on standard error; a terminal is Dagger's own otherwise. */
async function called(
  argv: readonly string[],
  isKept: boolean,
  environment: Readonly<Record<string, string>>,
) {
  const output = isKept
    ? ({ stdout: "pipe", stderr: ["pipe", "inherit"] } as const)
    : ({ stdout: "inherit", stderr: "inherit" } as const)
  // Ctrl-C reaches Dagger by itself, which then ends what it does.
  const options = { env: { DAGGER_NO_NAG: "1", ...environment }, reject: false, stdin: "ignore" } as const
  const { stdout, stderr, exitCode } = await execa("dagger", argv, { ...options, ...output })
  return { stdout: text(stdout), stderr: text(stderr), exitCode: exitCode ?? EXIT.failed }
}

const text = (output: unknown) => (typeof output === "string" ? output : "")

const KNOWN = { commit: checkedOutCommit, origin: originSource, account }

/** What this machine knows, where the caller says nothing. */
async function withKnown({ called, options }: ParsedCall): Promise<ParsedCall["options"]> {
  const filled = (called.options ?? []).map(async ({ name, from }) => [
    name,
    options[name] ?? (from && (await KNOWN[from]())),
  ])
  return Object.fromEntries(await Promise.all(filled)) as ParsedCall["options"]
}
