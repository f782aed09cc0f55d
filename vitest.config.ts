import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: ["server", "client", "ci/vitest.config.ts"],
  },
})
