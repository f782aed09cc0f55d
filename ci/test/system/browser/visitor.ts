import { expect } from "vitest"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import type { Platform } from "./platform.js"

/** What a browser shows is there within this time, in milliseconds. */
const PATIENCE_MS = 30_000
const STORED_KEY = "agent-api-key"

/** A person with a page open. */
export interface Visitor {
  readonly page: Page
  /** What the browser complained about so far. */
  readonly complaints: readonly string[]
  /** Presses a button. */
  readonly press: (name: string) => Promise<void>
  /** Waits until a text can be seen. */
  readonly sees: (text: string | RegExp) => Promise<void>
  close(): Promise<void>
}

/** How a person comes to the page. */
export interface Arrival extends BrowserContextOptions {
  /** What stands in the address after the host, such as `#/new`. */
  readonly at?: string
  /** Whether the browser has the API key from an earlier visit. */
  readonly hasKey?: boolean
}

/** Opens the platform's page in a browser profile of its own. */
export async function visit(browser: Browser, platform: Platform, arrival: Arrival = {}): Promise<Visitor> {
  const { at = "", hasKey = false, ...options } = arrival
  const context = await browser.newContext(options)
  context.setDefaultTimeout(PATIENCE_MS)
  if (hasKey) await context.addInitScript(`localStorage.setItem("${STORED_KEY}", "${platform.key}")`)
  const page = await context.newPage()
  const complaints = heard(page)
  await page.goto(`${platform.client}/${at}`)
  return {
    page,
    complaints,
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    sees: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    close: () => context.close(),
  }
}

function heard(page: Page): string[] {
  const complaints: string[] = []
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text())
  })
  page.on("pageerror", (error) => void complaints.push(String(error)))
  return complaints
}

/** Nothing of the page lies beyond its right edge. A phone would zoom out for it, so its own width counts. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const width = await page.evaluate<number>("document.documentElement.scrollWidth")
  expect(width, `the width of ${page.url()}`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0)
}
