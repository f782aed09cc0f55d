import { existsSync } from "node:fs"
import { execa } from "execa"
import { SKIPPED_EXIT_CODE } from "../pipeline/outcome.js"

/** Files in one call of secretlint: below the argument list's limit on every platform. */
const FILES_A_CALL = 500

/**
 * `npm run audit:secrets`: secretlint over every file that git knows or would add. Ignored files stay out: a secret
 * belongs there. Found values are masked.
 */
async function main(): Promise<number> {
  const listed = await execa("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    reject: false,
  })
  if (listed.failed) {
    console.log("the scan could not be made: it needs a git checkout, to know which files belong to the tree")
    return SKIPPED_EXIT_CODE
  }
  const files = listed.stdout
    .split("\0")
    .filter(Boolean)
    .filter((file) => file !== "package-lock.json" && existsSync(file))
  let found = 0
  for (let first = 0; first < files.length; first += FILES_A_CALL) {
    found = Math.max(found, await scan(files.slice(first, first + FILES_A_CALL)))
  }
  if (found === 0) console.log(`${files.length} files, no secret`)
  return found
}

async function scan(files: readonly string[]): Promise<number> {
  const flags = ["--no-color", "--no-glob"]
  const { exitCode } = await execa("secretlint", [...flags, ...files], {
    preferLocal: true,
    stdio: "inherit",
    reject: false,
  })
  return exitCode ?? 1
}

process.exitCode = await main()
