import { execa } from "execa"
import { SKIPPED_EXIT_CODE } from "../pipeline/outcome.js"
import { unmerged } from "./unmerged.js"

/** `npm run lint:commits`: commitlint over the commits that `main` does not have yet, or over the newest alone. */
async function main(): Promise<number> {
  const range = await unmerged()
  if (range === undefined) {
    console.log("there are no commits to check: this is not a git checkout, or it has none")
    return SKIPPED_EXIT_CODE
  }
  const { exitCode } = await execa("commitlint", range, {
    preferLocal: true,
    stdio: "inherit",
    reject: false,
  })
  if (exitCode === 0) console.log("every commit message follows Conventional Commits")
  return exitCode ?? 1
}

process.exitCode = await main()
