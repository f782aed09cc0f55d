import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    name: "server",
    include: ["test/**/*.test.ts"],
    globalSetup: "test/platform/template.ts",
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // The tests wait for child processes most of the time.
    maxWorkers: "100%",
  },
})
