import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { executablePath, NO_CHROMIUM, startChromium } from "../../../journey/chromium.js"
import { platformUp, type Platform } from "./platform.js"
import { expectNoSidewaysScroll, visit, type Arrival, type Visitor } from "./visitor.js"
import { makeWorkflow, startRun } from "./workflow.js"

const SLOW = "[sandbox:delay=60000] Think for a minute"
const LONG_GOAL = `A goal in many words, ${"of which some are rather lengthy, ".repeat(8)} as people write them, and one that never ends: ${"word".repeat(60)}`
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const DESKTOP = { viewport: { width: 1280, height: 800 } }

let browser: Browser
let platform: Platform
let visitors: Visitor[] = []

if (!executablePath) console.warn(`the page is not tested in a browser: ${NO_CHROMIUM}`)

beforeAll(async () => {
  if (!executablePath) return
  platform = await platformUp()
  browser = await startChromium(executablePath)
})
afterAll(async () => {
  if (!executablePath) return
  await browser.close()
  await platform.down()
})
beforeEach((context) => context.skip(!executablePath, NO_CHROMIUM))
afterEach(async () => {
  for (const visitor of visitors) await visitor.close()
  visitors = []
})

async function visitor(arrival?: Arrival): Promise<Visitor> {
  const arrived = await visit(browser, platform, arrival)
  visitors.push(arrived)
  return arrived
}

describe("the page, in a real browser on the real server", () => {
  test("leads a first visitor from nothing to a run that succeeded", async () => {
    const { page, press, sees, complaints } = await visitor()
    await sees("Nothing here yet")
    await press("Connection read only")
    await page.getByLabel("API key").fill(platform.key)
    await press("Save")
    await page.getByRole("link", { name: "Write the first workflow" }).click()
    await page.getByLabel("Goal").fill("A release that nobody notices")
    await page.getByLabel("Name").fill("Plan")
    await page.getByLabel("Prompt").fill("Plan {{goal}}")
    await press("Add a step")
    await page.getByLabel("Name").nth(1).fill("Review")
    await page.getByLabel("Prompt").nth(1).fill("Review {{previous.output}}")
    await press("Create workflow")
    await press("Run workflow")
    await page.getByRole("region", { name: "Output of step 2, Review" }).waitFor()
    await sees("Succeeded")
    expect(page.url()).toMatch(/#\/workflows\/[\w-]+\/runs\/[\w-]+$/)
    await page.getByRole("link", { name: "All workflows" }).click()
    await page.getByRole("link", { name: "A release that nobody notices" }).waitFor()
    expect(complaints).toEqual([])
  })

  test("shows a run that takes its time, and cancels it", async () => {
    const id = await makeWorkflow(platform, "Slow", SLOW)
    const { page, press, sees, complaints } = await visitor({ at: `#/workflows/${id}`, hasKey: true })
    await press("Run workflow")
    await sees("Running")
    await press("Cancel run")
    await sees("The run was cancelled.")
    expect(await page.getByRole("button", { name: "Cancel run" }).count()).toBe(0)
    await page.getByRole("button", { name: "Run again" }).waitFor()
    expect(complaints).toEqual([])
  })

  test("opens a run from its link alone, and goes back to where one came from", async () => {
    const workflow = await makeWorkflow(platform, "Linked", "Say something")
    const run = await startRun(platform, workflow)
    const { page, sees, complaints } = await visitor({ at: `#/workflows/${workflow}/runs/${run}` })
    await sees("Sandbox answer")
    expect(await page.title()).toBe("Linked · Coding Agent")
    await page.getByRole("link", { name: "New", exact: true }).click()
    await page.getByLabel("Goal").waitFor()
    await page.goBack()
    await sees("Sandbox answer")
    await page.reload()
    await sees("Sandbox answer")
    expect(complaints).toEqual([])
  })

  test("asks for the key when a visitor without one wants to run a workflow", async () => {
    const id = await makeWorkflow(platform, "Guarded", "Say something")
    const { page, press, sees } = await visitor({ at: `#/workflows/${id}` })
    await press("Run workflow")
    await page.getByRole("dialog").getByRole("alert").waitFor()
    await page.getByLabel("API key").fill(platform.key)
    await press("Save")
    await press("Run workflow")
    await sees("Sandbox answer")
  })

  test.each([
    ["a phone in the light", { ...PHONE, colorScheme: "light" }, "rgb(246, 247, 244)"],
    ["a phone in the dark", { ...PHONE, colorScheme: "dark" }, "rgb(18, 23, 20)"],
    ["a desktop in the light", { ...DESKTOP, colorScheme: "light" }, "rgb(246, 247, 244)"],
    ["a desktop in the dark", { ...DESKTOP, colorScheme: "dark" }, "rgb(18, 23, 20)"],
  ] as const)("fits %s, every view without sideways scroll", async (_, device, ground) => {
    const workflow = await makeWorkflow(platform, LONG_GOAL, `Say ${"long".repeat(100)}`)
    const run = await startRun(platform, workflow)
    const { page, press, complaints } = await visitor({ ...device, hasKey: true })
    for (const [at, sight] of [
      ["", page.getByRole("link", { name: /^A goal in many/ }).first()],
      ["#/new", page.getByLabel("Goal")],
      [`#/workflows/${workflow}/runs/${run}`, page.getByText("Sandbox answer")],
      ["#/nowhere", page.getByText("There is no such page")],
    ] as const) {
      await page.goto(`${platform.client}/${at}`)
      await sight.waitFor()
      await expectNoSidewaysScroll(page)
    }
    await press("Connection with key")
    await expectNoSidewaysScroll(page)
    expect(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")).toBe(ground)
    expect(complaints).toEqual([])
  })
})
