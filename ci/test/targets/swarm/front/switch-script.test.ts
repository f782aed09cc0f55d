import { once } from "node:events"
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, onTestFinished, test } from "vitest"
import { readScript, switchScript, takeBackScript } from "../../../../targets/swarm/front/switch-script.js"

/** The front's two folders, and the scripts as they run in its container. */
async function front({ keeps }: { keeps?: "blue" | "green" } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "front-"))
  onTestFinished(() => rm(folder, { recursive: true }))
  const folders = { kept: join(folder, "kept"), provisional: join(folder, "provisional") }
  await mkdir(folders.kept)
  if (keeps) await writeFile(join(folders.kept, keeps), "")
  const leadsTo = async () => (await execa("sh", ["-c", readScript(folders)])).stdout
  const takeBack = () => execa("sh", ["-c", takeBackScript(folders)])
  const kept = () => readdir(folders.kept)
  const forget = () => rm(folders.provisional, { recursive: true })
  const switchTo = async (colour: string, { token = "one", seconds = 60 } = {}) => {
    const args = ["-c", switchScript(folders), "switch", colour, token, String(seconds)]
    const child = execa("sh", args, { stdin: "pipe", reject: false })
    await once(child.stdout, "data")
    const end = async (word: string) => {
      child.stdin.end(word)
      return (await child).exitCode
    }
    const ended = async () => (await child).exitCode
    return { confirm: () => end("confirm\n"), back: () => end("back\n"), die: () => end(""), ended }
  }
  return { leadsTo, takeBack, kept, forget, switchTo }
}

describe("the front's switch", () => {
  test("leads nowhere before the first one", async () => {
    expect(await (await front()).leadsTo()).toBe("")
  })

  test.each(["blue", "green"] as const)(
    "leads to %s at once, and for good when it is confirmed",
    async (colour) => {
      const other = colour === "blue" ? "green" : "blue"
      const { switchTo, leadsTo, kept } = await front({ keeps: other })
      const switched = await switchTo(colour)
      expect(await leadsTo()).toBe(colour)
      expect(await kept()).toEqual([other])
      expect(await switched.confirm()).toBe(0)
      expect(await leadsTo()).toBe(colour)
      expect(await kept()).toEqual([colour])
    },
  )

  test.each(["blue", "green"] as const)("goes back from %s when its deploy dies", async (colour) => {
    const other = colour === "blue" ? "green" : "blue"
    const { switchTo, leadsTo, kept } = await front({ keeps: other })
    const switched = await switchTo(colour)
    expect(await switched.die()).toBe(1)
    expect(await leadsTo()).toBe(other)
    expect(await kept()).toEqual([other])
  })

  test("goes back to nothing when nothing served", async () => {
    const { switchTo, leadsTo } = await front()
    const switched = await switchTo("green")
    expect(await leadsTo()).toBe("green")
    expect(await switched.back()).toBe(0)
    expect(await leadsTo()).toBe("")
  })

  test("goes back when the front starts anew before it is confirmed", async () => {
    const { switchTo, leadsTo, forget } = await front({ keeps: "blue" })
    const switched = await switchTo("green")
    await forget()
    expect(await leadsTo()).toBe("blue")
    expect(await switched.confirm()).toBe(3)
    expect(await leadsTo()).toBe("blue")
  })

  test("goes back when nobody keeps it in time, and says so", async () => {
    const { switchTo, leadsTo, kept } = await front({ keeps: "blue" })
    const switched = await switchTo("green", { seconds: 0.2 })
    expect(await switched.ended()).toBe(1)
    expect(await leadsTo()).toBe("blue")
    expect(await kept()).toEqual(["blue"])
  })

  test("of a deploy out of reach is taken back by the next one, and no more by itself", async () => {
    const { switchTo, leadsTo, takeBack, kept } = await front({ keeps: "blue" })
    const lost = await switchTo("green", { token: "first" })
    await takeBack()
    expect(await leadsTo()).toBe("blue")
    const next = await switchTo("green", { token: "second" })
    expect(await lost.die()).toBe(3)
    expect(await leadsTo()).toBe("green")
    expect(await next.confirm()).toBe(0)
    expect(await kept()).toEqual(["green"])
  })

  test("that is kept is not taken back", async () => {
    const { takeBack, leadsTo } = await front({ keeps: "green" })
    await takeBack()
    expect(await leadsTo()).toBe("green")
  })
})
