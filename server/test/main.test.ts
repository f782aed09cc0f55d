import { createServer } from "node:http"
import { expect, it, onTestFinished } from "vitest"
import { testEnvironment } from "./platform/environment.js"
import { runScript } from "./platform/process.js"

it("a server whose port is taken says so and exits 1", async () => {
  const other = createServer().listen(0, "127.0.0.1")
  onTestFinished(() => void other.close())
  await new Promise((resolve) => other.once("listening", resolve))
  const address = other.address()
  const port = typeof address === "object" ? String(address?.port) : ""
  const { code, stdout } = await runScript(
    "src/main.ts",
    testEnvironment("postgresql://u@127.0.0.1:1/x", { PORT: port }),
  )
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    level: "error",
    error: { message: expect.stringContaining("EADDRINUSE") as string },
  })
})

// What happens between a write and the next line of a program is up to the machine; here it is this.
const endedAsItListens = `
  import fs from "node:fs"
  const { writeSync } = fs
  fs.writeSync = (file, text, ...more) => {
    const written = writeSync(file, text, ...more)
    if (String(text).includes('"listening"')) process.kill(process.pid, "SIGTERM")
    return written
  }`

it("a server that is asked to end in the moment in which it begins to listen does, and exits 0", async () => {
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(endedAsItListens)}`
  const env = testEnvironment("postgresql://u@127.0.0.1:1/x", { NODE_OPTIONS })
  const { code, stdout } = await runScript("src/main.ts", env)
  expect(code).toBe(0)
  expect(stdout).toContain('"message":"stopped"')
})
