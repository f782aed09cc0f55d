import { execa } from "execa"
import { expect, onTestFinished, test } from "vitest"

const PROGRAM = ["--import", "tsx", "ci/test/host/interrupted.ts"]

/** Starts the program, whoever its parent is, and returns once it is ready. */
async function started(file: string, args: readonly string[], env: Record<string, string> = {}) {
  const process_ = execa(file, args, { env, reject: false, buffer: true })
  let text = ""
  process_.stdout.on("data", (data: Buffer) => (text += data.toString()))
  const printed = (words: RegExp) => expect.poll(() => text).toMatch(words)
  await printed(/is ready/)
  const pid = Number(/\d+/.exec(text)?.[0])
  onTestFinished(() => void execa("kill", ["-9", `${pid}`], { reject: false }))
  return { process: process_, pid, printed }
}

const itsOwnWay = expect.stringMatching(/is ready\nthe reason\nended$/) as string

test("a program that has children and is interrupted ends in its own way", async () => {
  const program = await started(process.execPath, PROGRAM)
  process.kill(program.pid, "SIGTERM")
  expect(await program.process).toMatchObject({ exitCode: 3, stdout: itsOwnWay })
})

test("the same signal once more, from npm, is not a second one", async () => {
  const program = await started(process.execPath, PROGRAM)
  process.kill(program.pid, "SIGTERM")
  await program.printed(/the reason/)
  process.kill(program.pid, "SIGTERM")
  expect(await program.process).toMatchObject({ exitCode: 3, stdout: itsOwnWay })
})

test("nor is a signal that is heard after npm has gone with it", async () => {
  const shell = await started("sh", ["-c", `"${process.execPath}" ${PROGRAM.join(" ")} & wait`], {
    npm_lifecycle_event: "test",
  })
  shell.process.kill("SIGKILL")
  await shell.printed(/the reason/)
  process.kill(shell.pid, "SIGTERM")
  expect((await shell.process).stdout).toEqual(itsOwnWay)
})
