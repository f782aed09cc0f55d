import { execa } from "execa"
import { expect, test } from "vitest"

test.each(["release.json", ".env.staging", ".env.production"])(
  "%s, which the documents have a person make, is no change of the tree",
  async (file) => {
    const { exitCode } = await execa("git", ["check-ignore", "--quiet", "--no-index", file], {
      reject: false,
    })
    expect(exitCode).toBe(0)
  },
)
