import { checkout, commitAll, type Checkout } from "../../../trial/checkout.js"
import { replaceScripts } from "../npm-scripts.js"

/** Where the README's commands are run. */
export interface Ground {
  /** A copy of the checkout as it is. */
  readonly whole: Checkout
  /** One whose slow scripts do nothing, for commands that run them: the main job runs them as they are. */
  readonly short: Checkout
}

/** `test:system` among them: it would start these tests again. */
const SHORTENED = ["lint", "typecheck", "test:app", "test:system", "audit:secrets"]

/** Makes both copies. */
export async function makeGround(): Promise<Ground> {
  const [whole, short] = [await checkout(), await checkout()]
  await replaceScripts(short.folder, SHORTENED)
  await commitAll(short.git, "test: shorten what is slow")
  return { whole, short }
}
