import react from "@vitejs/plugin-react"
import { defineConfig } from "vitest/config"

export default defineConfig({
  plugins: [react()],
  test: {
    name: "client",
    environment: "jsdom",
    include: ["test/**/*.test.{ts,tsx}"],
    setupFiles: ["test/setup.ts"],
    restoreMocks: true,
    // Long, because in a container every other stage may run beside it on the same two cores.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: "100%",
  },
})
