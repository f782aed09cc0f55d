import { readFile } from "node:fs/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { commands } from "./commands.js"
import { EXERCISES } from "./exercises.js"
import { makeGround, type Ground } from "./ground.js"

let ground: Ground
beforeAll(async () => {
  ground = await makeGround()
})
afterAll(async () => {
  await ground.whole.remove()
  await ground.short.remove()
})

describe("the README's commands", () => {
  test("are all known here, and those known here are all in it", async () => {
    const known = EXERCISES.flatMap((exercise) => exercise.commands)
    expect(commands(await readFile("README.md", "utf8")).sort()).toEqual(known.sort())
  })

  const titled = EXERCISES.map((exercise) => [exercise.commands.join(", "), exercise] as const)
  test.for(titled)("run as they stand: %s", async ([, exercise], context) => {
    await exercise.run(ground, context)
  })
})
