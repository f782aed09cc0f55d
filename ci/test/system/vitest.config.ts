import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    name: "system",
    include: ["**/*.test.ts"],
    // Each test is a whole run of the pipeline; two at once would starve each other.
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 900_000,
  },
})
