import { expect, test } from "vitest"
import { together, windows } from "../../../bench/deploy/windows.js"

/** A request for each moment; how long it took is its moment, too. */
const at = (...moments: number[]) => moments.map((moment) => ({ at: moment, milliseconds: moment }))

const deploy = { begun: 20_000, switched: 25_000, ended: 30_000 }

test("what was begun in the five seconds before a deploy is its steady state", () => {
  expect(windows(at(14_999, 15_000, 19_999, 20_000), deploy).steady).toEqual([15_000, 19_999])
})

test("what was begun within a second on either side of the switch is around it", () => {
  expect(windows(at(23_999, 24_000, 25_000, 26_000, 26_001), deploy).around).toEqual([24_000, 25_000, 26_000])
})

test("the rest of a deploy has no request of the switch, and none of afterwards", () => {
  expect(windows(at(20_000, 24_500, 27_000, 30_000, 30_001), deploy).during).toEqual([20_000, 27_000, 30_000])
})

test("a deploy that did not come to its switch has nothing around it", () => {
  expect(windows(at(24_500), { begun: 20_000, ended: 30_000 })).toEqual({
    steady: [],
    during: [24_500],
    around: [],
  })
})

test("a switch in the last second of a deploy has what came after it, too", () => {
  expect(windows(at(30_400), { ...deploy, switched: 29_900 })).toEqual({
    steady: [],
    during: [],
    around: [30_400],
  })
})

test("several deploys are looked at as one", () => {
  const one = { steady: [1], during: [2], around: [] }
  const other = { steady: [3], during: [], around: [4] }
  expect(together([one, other])).toEqual({ steady: [1, 3], during: [2], around: [4] })
})
