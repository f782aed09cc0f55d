import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    name: "ci",
    include: ["test/**/*.test.ts"],
    exclude: ["test/system/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: "100%",
  },
})
