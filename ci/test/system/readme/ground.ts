import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { checkout, commitAll, type Checkout } from "../../../trial/checkout.js"

/** Where the README's commands are run. */
export interface Ground {
  /** A copy of the checkout as it is. */
  readonly whole: Checkout
  /** One whose slow scripts do nothing, for commands that run everything. Each of them is run in `whole` by its own command. */
  readonly short: Checkout
}

/** `test:system` among them: it would start these tests again. */
const SHORTENED = ["lint", "typecheck", "test:app", "test:system", "audit:secrets"]

/** Makes both copies. */
export async function makeGround(): Promise<Ground> {
  const [whole, short] = [await checkout(), await checkout()]
  const file = join(short.folder, "package.json")
  const manifest = JSON.parse(await readFile(file, "utf8")) as { scripts: Record<string, string> }
  for (const script of SHORTENED) manifest.scripts[script] = "node --version"
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`)
  await commitAll(short.git, "test: shorten what is slow")
  return { whole, short }
}
