import { execa, type Options } from "execa"

const PATIENCE_MS = 20_000

/** Why docker can't be used here, in docker's own words; `undefined` when a daemon answers. */
export async function dockerProblem(): Promise<string | undefined> {
  const question = ["version", "--format", "{{.Server.Version}}"]
  const { failed, timedOut, stderr, shortMessage } = await execa("docker", question, {
    reject: false,
    timeout: PATIENCE_MS,
  })
  if (!failed) return undefined
  return timedOut ? `no answer after ${PATIENCE_MS / 1000} s` : stderr.trim() || shortMessage
}

/** @throws when no Docker daemon answers */
export async function expectDaemon(): Promise<void> {
  const problem = await dockerProblem()
  if (problem === undefined) return
  throw new Error(
    `expected a Docker daemon that answers, received: ${problem}\n` +
      "Start Docker, or name a running daemon in DOCKER_HOST.",
  )
}

/** Runs docker. A secret comes in through `options.env`, never through the arguments: those everyone on the machine can read. */
export function docker<const Given extends Options>(args: readonly string[], options: Given) {
  return execa("docker", args, options)
}
