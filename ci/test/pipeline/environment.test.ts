import { expect, test } from "vitest"
import { allowed, isSecretName } from "../../pipeline/environment.js"

test("a stage sees the caller's path and locale, and its own inputs, and nothing else", () => {
  const caller = {
    PATH: "/bin",
    LC_ALL: "C",
    OPENAI_API_KEY: "k",
    DATABASE_URL: "d",
    VITE_API_BASE_URL: "v",
    X: undefined,
  }
  expect(allowed(caller)).toEqual({ PATH: "/bin", LC_ALL: "C" })
  expect(allowed(caller, ["VITE_API_BASE_URL"])).toEqual({
    PATH: "/bin",
    LC_ALL: "C",
    VITE_API_BASE_URL: "v",
  })
})

test.each(["GITHUB_TOKEN", "DATABASE_URL", "OPENAI_API_KEY", "npm_config_//host/:_authToken", "PGPASSWORD"])(
  "%s names a secret",
  (name) => {
    expect(isSecretName(name)).toBe(true)
  },
)

test.each(["PATH", "HOME", "LANG", "CI"])("%s names no secret", (name) => {
  expect(isSecretName(name)).toBe(false)
})
