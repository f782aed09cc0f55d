import { defineConfig } from "vitest/config"

/** Read by `.ci/run`, which counts what was tested; the folder is ignored by git. */
const results = (name: string) => `.runs/reports/${name}.json`

export default defineConfig({
  test: {
    projects: ["server", "client", "ci/vitest.config.ts", "ci/test/system/vitest.config.ts"],
    reporters: ["default", "json"],
    outputFile: { json: results(process.env["npm_lifecycle_event"] ?? "vitest") },
  },
})
