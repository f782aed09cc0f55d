import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    name: "ci",
    include: ["test/**/*.test.ts"],
    exclude: ["test/system/**"],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: "100%",
  },
})
