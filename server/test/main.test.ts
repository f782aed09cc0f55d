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
