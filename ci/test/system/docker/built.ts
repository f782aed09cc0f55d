import { appendFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { expect } from "vitest"
import { imageTag, type ImageName } from "../../../images/build-command.js"
import { checkout } from "../../../trial/checkout.js"
import { docker } from "./docker.js"

/** An image that was built from a copy of this checkout. */
export interface Built {
  readonly tag: string
  readonly commit: string
  readonly source: string
  readonly remove: () => Promise<void>
}

/** Secrets as they lie about where images are built; none may get into one. */
export const CANARY = "canary-5f1d9c07b2e84a6d"

const SECRETS = {
  OPENAI_API_KEY: CANARY,
  DATABASE_URL: `postgresql://postgres:${CANARY}@database.example:5432/agent`,
}
const SECRET_FILES = [".env", "server/.env", "client/.env.production", "server/.env.local"]

/** Builds an image as a person does, where secrets lie about, and with the builder that every Docker has. */
export async function built(name: ImageName): Promise<Built> {
  const { folder, git, remove } = await checkout()
  await git("remote", "add", "origin", "git@code.example:team/platform.git")
  const commit = await git("rev-parse", "HEAD")
  const text = Object.entries(SECRETS).map(([key, value]) => `${key}=${value}\n`)
  await Promise.all(SECRET_FILES.map((file) => writeFile(join(folder, file), text.join(""))))
  await appendFile(join(folder, ".git/config"), `[test]\n  secret = ${CANARY}\n`)
  const tag = imageTag({ name, commit })
  await build(name, folder)
  await remove()
  const source = "https://code.example/team/platform"
  return { tag, commit, source, remove: async () => await forget(tag) }
}

async function forget(tag: string): Promise<void> {
  await docker(["image", "rm", "--force", tag])
}

async function build(name: ImageName, cwd: string): Promise<void> {
  const env = { DOCKER_BUILDKIT: process.env["DOCKER_BUILDKIT"] ?? "0", ...SECRETS }
  const run = await execa("npm", ["run", "--silent", `image:${name}`], { cwd, env, reject: false, all: true })
  expect(run.exitCode, run.all).toBe(0)
}
