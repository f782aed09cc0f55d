import { expect, test } from "vitest"
import { isPassingStatus, retryAfterMs } from "../../registry/failure.js"

test("a registry that is busy or broken may answer later; a refusal stays one", () => {
  expect([408, 429, 500, 502, 503, 504].filter((status) => !isPassingStatus(status))).toEqual([])
  expect([400, 401, 403, 404, 405, 413].filter(isPassingStatus)).toEqual([])
})

test.each([
  ["2", 2_000],
  ["0", 0],
  ["3600", 60_000],
  ["Thu, 01 Jan 1970 00:00:15 GMT", 5_000],
  ["Thu, 01 Jan 1970 00:00:01 GMT", 0],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
])("a Retry-After of %s is a pause of %s ms", (header, pause) => {
  expect(retryAfterMs(header, 10_000)).toBe(pause)
})
