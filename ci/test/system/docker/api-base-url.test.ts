import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { built, type Built } from "./built.js"
import { docker, HARDENED, noDocker, skipWithoutDocker } from "./docker.js"

skipWithoutDocker()

let image: Built
beforeAll(async () => {
  if (noDocker === undefined) image = await built("client")
})
afterAll(async () => {
  if (noDocker === undefined) await image.remove()
})

/** Starts the client, which ends by itself when it does not take the address. */
const startedWith = (value: string) =>
  docker(["run", "--rm", ...HARDENED, "--env", `API_BASE_URL=${value}`, image.tag])

describe("the client's container", () => {
  test.each([
    "ftp://api.example.com",
    "api",
    "//api.example.com",
    'https://a"b',
    "https://a;b",
    "https://a b",
    "https://a\nb",
  ])("refuses %j as the API's address and ends", async (value) => {
    const run = await startedWith(value)
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain("Expected API_BASE_URL to be an http(s) URL")
    expect(run.stderr).toContain(`received "${value}"`)
    expect(run.stderr, "Nginx is not even started").not.toContain("[emerg]")
  })

  test("keeps a password in the API's address to itself", async () => {
    const value = "https://user:password@api.example.com"
    const run = await startedWith(value)
    expect(run.exitCode).toBe(1)
    expect(run.all).not.toContain("password")
  })
})
