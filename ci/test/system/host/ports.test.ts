import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { expect, onTestFinished, test } from "vitest"
import { checkout } from "../../../trial/checkout.js"
import { ciRun } from "../ci-run.js"

async function busyPort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  return String((server.address() as AddressInfo).port)
}

test.each([
  ["--port", "--server-port"],
  ["--server-port", "--port"],
])("up says which port of %s is in use, and what to do", async (busy, free) => {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  const port = await busyPort()
  const { exitCode, stage } = await ciRun(copy.folder, ["up", busy, port, free, "0"])
  expect(exitCode).toBe(1)
  expect(stage("start").state).not.toBe("passed")
  expect(stage("start").reason).toContain(port)
  expect(stage("start").reason).toMatch(/in use/)
  expect(stage("start").reason).toContain(busy)
})
