import { execa } from "execa"
import { allowed } from "../../../pipeline/environment.js"
import { LocalFailure } from "../failure.js"

/** What a build consists of, in order: npm scripts of the root. */
const SCRIPTS = ["generate", "build"] as const

/**
 * Builds server and client of the checkout.
 * @throws with what the build printed
 */
export async function build(): Promise<void> {
  for (const script of SCRIPTS) {
    const options = { env: allowed(process.env), extendEnv: false, all: true, reject: false } as const
    const { failed, all } = await execa("npm", ["run", "--silent", script], { ...options, stdin: "ignore" })
    if (failed) throw new LocalFailure(`expected npm run ${script} to succeed; it printed:\n${all.trim()}`)
  }
}
