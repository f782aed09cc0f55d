import { expect, test } from "vitest"
import { redactor } from "../../host/redact.js"

test("values of variables with a secret's name are hidden, as they are and in a URL", () => {
  const { redact } = redactor({ MY_TOKEN: "a+secret/word", HOME: "/home/someone" })
  expect(redact("a+secret/word, a%2Bsecret%2Fword, /home/someone")).toBe("***, ***, /home/someone")
})

test("the password within a secret URL is hidden on its own, unless it is the user's name", () => {
  const { redact } = redactor({
    TEST_DATABASE_URL: "postgresql://tests:pass%2Fword@host/db",
    OTHER_DATABASE_URL: "postgresql://postgres:postgres@host/db",
  })
  expect(redact("pass/word, pass%2Fword, postgresql")).toBe("***, ***, postgresql")
})

test("a secret of several lines is hidden line by line", () => {
  const { redact } = redactor({ PRIVATE_KEY: "first-line\nsecond-line" })
  expect(["first-line", "second-line"].map(redact)).toEqual(["***", "***"])
})

test("a secret that comes up later is hidden from then on", () => {
  const { learn, redact } = redactor({})
  learn("made-in-this-run")
  expect(redact("it is made-in-this-run.")).toBe("it is ***.")
})

test.each([
  ["postgresql://user:word@host/db", "postgresql://user:***@host/db"],
  ["Authorization: Bearer abcdefgh12345678", "Authorization: Bearer ***"],
  [`key aca_${"1".repeat(8)}_${"x".repeat(32)}`, "key ***"],
])("%s looks like a secret", (text, hidden) => {
  expect(redactor({}).redact(text)).toBe(hidden)
})

test("a value too short to be a secret is left alone", () => {
  expect(redactor({ CI_TOKEN: "true" }).redact("true enough")).toBe("true enough")
})
