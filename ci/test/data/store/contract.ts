import { Readable } from "node:stream"
import { text } from "node:stream/consumers"
import { expect, test } from "vitest"
import type { Store } from "../../../data/store/store.js"
import { never } from "../context.js"

const content = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)))

async function* failing(error: Error): AsyncGenerator<Buffer> {
  yield Buffer.from("a beginning")
  await Promise.reject(error)
}

/** What every store does. */
export function storeContract(store: () => Store): void {
  test("a file can be read, listed and removed", async () => {
    await store().put("one.dump", content("some ", "bytes"), never)
    await store().put("two.dump", content("others"), never)
    expect(await text(await store().get("one.dump", never))).toBe("some bytes")
    expect((await store().list()).sort()).toEqual(["one.dump", "two.dump"])
    await store().remove("one.dump")
    await store().remove("one.dump")
    expect(await store().list()).toEqual(["two.dump"])
  })

  test("a stream that fails leaves nothing", async () => {
    const broken = Readable.from(failing(new Error("cut off")))
    await expect(store().put("broken.dump", broken, never)).rejects.toThrow("cut off")
    expect(await store().list()).not.toContain("broken.dump")
    expect(await store().unfinished()).toEqual([])
  })

  test("an aborted put leaves nothing", async () => {
    const controller = new AbortController()
    const endless = new Readable({ read: () => undefined })
    endless.push("a beginning")
    const put = store().put("endless.dump", endless, controller.signal)
    setTimeout(() => controller.abort(new Error("interrupted")), 200)
    await expect(put).rejects.toThrow()
    expect(await store().list()).not.toContain("endless.dump")
    expect(await store().unfinished()).toEqual([])
  })

  test("a file that is not there is an error", async () => {
    const read = async () => text(await store().get("missing.dump", never))
    await expect(read()).rejects.toThrow()
  })
}
