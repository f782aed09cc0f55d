import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

import { configScript } from "./config-script.ts"

export default defineConfig({
  // Relative, so that the built page works below any path of a static server.
  base: "./",
  envDir: "..",
  plugins: [react(), configScript()],
  // No inlined assets: a policy that allows only 'self' for fonts and images stays possible.
  build: { assetsInlineLimit: 0, sourcemap: true },
  server: { port: 5173, strictPort: true },
})
