import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "vite"
import { expect, it, onTestFinished, vi } from "vitest"

async function buildWith(value: string | undefined) {
  vi.stubEnv("VITE_API_BASE_URL", value)
  const outDir = await mkdtemp(join(tmpdir(), "client-"))
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await rm(outDir, { recursive: true })
  })
  await build({ root: join(import.meta.dirname, ".."), logLevel: "error", build: { outDir } })
  return (name: string) => readFile(join(outDir, name), "utf8")
}

it("puts VITE_API_BASE_URL into the built config.js, and nothing inline into the page", async () => {
  const read = await buildWith("https://api.example.org")
  expect(await read("config.js")).toBe('window.APP_CONFIG = {"apiBaseUrl":"https://api.example.org"}\n')
  const page = await read("index.html")
  expect(page.indexOf("config.js")).toBeLessThan(page.indexOf('type="module"'))
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)/)
})

it("falls back to the server's own default address", async () => {
  const read = await buildWith("")
  expect(await read("config.js")).toContain('"http://127.0.0.1:3000"')
})
