import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { beforeEach } from "vitest"
import { engine } from "../../../dagger/engine.js"
import { checkout, commitAll, type Checkout } from "../../../trial/checkout.js"

const found = await engine()
/** Why nothing can be called here; `undefined` when it can. */
export const noEngine = found.answers ? undefined : found.why
if (noEngine) console.warn(`the Dagger module is not tested on an engine: ${noEngine}`)

const { TEST_REGISTRY_ADDRESS = "", TEST_REGISTRY_USER = "", TEST_REGISTRY_PASSWORD = "" } = process.env
/** A registry that both the engine and its containers reach; an engine takes one over HTTP only when it is told to. */
export const registry = {
  address: TEST_REGISTRY_ADDRESS,
  user: TEST_REGISTRY_USER,
  password: TEST_REGISTRY_PASSWORD,
}
/** Why nothing can be published here; `undefined` when it can. */
export const noRegistry = Object.values(registry).includes("")
  ? "no registry for the engine: TEST_REGISTRY_ADDRESS, TEST_REGISTRY_USER and TEST_REGISTRY_PASSWORD name one"
  : undefined

/** Skips every test of a file where no engine answers. */
export function skipWithoutEngine(): void {
  beforeEach((context) => context.skip(noEngine !== undefined, noEngine))
}

/** How a call ended, and all that a person would have read. */
export interface Called {
  readonly exitCode?: number
  readonly stdout: string
  readonly all: string
}

/** Runs `dagger` in a checkout as a person does. */
export async function dagger(
  { folder }: Pick<Checkout, "folder">,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Called> {
  const own = { DAGGER_NO_NAG: "1", DO_NOT_TRACK: "1", NO_COLOR: "1", ...environment }
  const env = { ...own, ...(found.answers ? found.environment : {}) }
  const options = { cwd: folder, env, all: true, reject: false, stdin: "ignore" } as const
  return execa("dagger", ["--progress=plain", ...args], options)
}

/** A copy of this checkout in which each package has one quick test file, so that a call tests the module, not the platform. */
export async function quickCheckout(): Promise<Checkout> {
  const copy = await checkout()
  const kept = { server: "test/database/", client: "test/time/", ci: "test/retry.test.ts" }
  for (const [name, tests] of Object.entries(kept)) await keepOnly(join(copy.folder, name), tests)
  await commitAll(copy.git, "test: keep what is quick")
  return copy
}

/** Takes the other tests away, and none of what tests are made of. */
async function keepOnly(folder: string, kept: string): Promise<void> {
  const names = (await readdir(join(folder, "test"), { recursive: true })).map((name) => `test/${name}`)
  const others = names.filter((name) => /\.test\.tsx?$/.test(name) && !name.startsWith(kept))
  await Promise.all(others.map((name) => rm(join(folder, name))))
}
