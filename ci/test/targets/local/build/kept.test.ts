import { mkdir, mkdtemp, readdir, rm, utimes } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { removeOld, superfluous } from "../../../../targets/local/build/kept.js"

const name = (digit: number) => `${digit}`.repeat(64)
const HOUR_MS = 3_600_000

test("keeps the newest five and those in use", () => {
  const found = [1, 2, 3, 4, 5, 6, 7, 8].map((digit) => ({ name: name(digit), time: digit }))
  expect(superfluous(found, [name(2)], 10)).toEqual([name(3), name(1)])
})

test("removes an unfinished copy once nobody can be at work on it", () => {
  const found = [
    { name: ".new-a", time: 0 },
    { name: ".new-b", time: HOUR_MS },
  ]
  expect(superfluous(found, [], HOUR_MS + 1)).toEqual([".new-a"])
})

test("removes old ones, and of two at once each is content", async () => {
  const releases = await mkdtemp(join(tmpdir(), "releases-"))
  onTestFinished(() => rm(releases, { recursive: true }))
  for (const digit of [1, 2, 3, 4, 5, 6, 7]) {
    const folder = join(releases, name(digit))
    await mkdir(join(folder, "server/dist"), { recursive: true })
    await utimes(folder, digit, digit)
  }
  await Promise.all([removeOld(releases, []), removeOld(releases, [])])
  expect((await readdir(releases)).sort()).toEqual([3, 4, 5, 6, 7].map(name))
})
