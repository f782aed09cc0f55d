import { z } from "zod"
import { RegistryFailure } from "../registry/failure.js"
import { persistently } from "../registry/persistence.js"
import { docker } from "./docker.js"

/** What is pushed where. */
export interface Push {
  /** The image's name on this machine. */
  readonly local: string
  /** `host[:port][/namespace]/name`. */
  readonly repository: string
  readonly tag: string
  /** A folder with docker's configuration, in which are the credentials. */
  readonly config: string
}

/** Pushed again, it would be refused again. */
const REFUSED =
  /denied|unauthorized|forbidden|no basic auth|authentication required|does not exist|HTTP response to HTTPS|invalid/i

/** Everything that docker prints goes where a person reads it; standard output belongs to the record. */
const SHOWN = { stdin: "ignore", stdout: process.stderr, stderr: ["inherit", "pipe"], reject: false } as const

/**
 * Pushes an image of this machine.
 * @returns its digest in the registry
 * @throws RegistryFailure
 */
export async function push({ local, repository, tag, config }: Push): Promise<string> {
  const reference = `${repository}:${tag}`
  await docker(["tag", local, reference], { stdin: "ignore" })
  await persistently(() => pushOnce(reference, config))
  const format = ["--format", "{{json .RepoDigests}}"]
  const { stdout } = await docker(["image", "inspect", ...format, reference], { stdin: "ignore" })
  return digestAmong(z.array(z.string()).parse(JSON.parse(stdout)), repository)
}

async function pushOnce(reference: string, config: string): Promise<void> {
  const env = { DOCKER_CONFIG: config }
  const { failed, stderr, shortMessage } = await docker(["push", reference], { ...SHOWN, env })
  if (!failed) return
  const reason = stderr.trim().split("\n").at(-1) ?? shortMessage
  const advice = "check --registry-user and REGISTRY_PASSWORD, that they may push there, and the address"
  throw new RegistryFailure(`expected docker to push ${reference}, received: ${reason}; ${advice}`, {
    isPassing: !REFUSED.test(stderr),
  })
}

/**
 * The digest that an image has in one repository.
 * @param references the image's `RepoDigests`: docker writes those of Docker Hub without its domain
 */
export function digestAmong(references: readonly string[], repository: string): string {
  const short = repository.replace(/^docker\.io\//, "")
  const found = references.find((each) => each.startsWith(`${repository}@`) || each.startsWith(`${short}@`))
  if (found !== undefined) return found.slice(found.indexOf("@") + 1)
  const received = references.join(", ") || "none"
  throw new RegistryFailure(`expected docker to know a digest in ${repository}, received ${received}`)
}
