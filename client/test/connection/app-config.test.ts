import { expect, it } from "vitest"

import { apiBaseUrl } from "../../src/connection/app-config"

it.each([
  ["http://127.0.0.1:3000/", "http://127.0.0.1:3000"],
  ["https://example.org/platform", "https://example.org/platform"],
  ["/", ""],
  ["", ""],
])("takes %j as %j", (given, expected) => {
  expect(apiBaseUrl({ apiBaseUrl: given })).toBe(expected)
})

it("tells where to look when the configuration is missing", () => {
  expect(() => apiBaseUrl(undefined)).toThrow("Check the file config.js")
})

it("refuses what is no http URL", () => {
  expect(() => apiBaseUrl({ apiBaseUrl: "ftp://example.org" })).toThrow('received "ftp://example.org"')
})
