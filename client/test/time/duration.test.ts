import { expect, it } from "vitest"

import { durationText, millisecondsBetween } from "../../src/time/duration"

it.each([
  [0, "0 ms"],
  [839.6, "840 ms"],
  [4_230, "4.2 s"],
  [59_949, "59.9 s"],
  [59_950, "1 min 00 s"],
  [125_000, "2 min 05 s"],
  [3_840_000, "1 h 04 min"],
])("writes %d ms as %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text)
})

it("is never negative when the clocks disagree", () => {
  expect(millisecondsBetween("2026-01-05T10:00:01.000Z", "2026-01-05T10:00:00.000Z")).toBe(0)
})
