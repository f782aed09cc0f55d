import type { Browser, Page } from "playwright-core"

/** What the browser shows is there within this time, in milliseconds. */
const PATIENCE_MS = 30_000
const GOAL = "Browser journey: made, run and removed by the pipeline"

/** Where a person goes, and with which key. */
export interface Visit {
  /** Base URL of the client. */
  readonly url: string
  readonly key: string
}

/**
 * What a person does in a browser: gives the key, writes a workflow, runs it, sees it succeed.
 * @returns the workflow's id, for whoever removes it
 * @throws when the page does not get there, or the browser complains
 */
export async function journey(browser: Browser, { url, key }: Visit): Promise<string> {
  const context = await browser.newContext()
  context.setDefaultTimeout(PATIENCE_MS)
  try {
    const page = await context.newPage()
    const complaints = heard(page)
    await page.goto(url)
    await givesKey(page, key)
    await writesWorkflow(page)
    await runsWorkflow(page)
    if (complaints.length > 0)
      throw new Error(`expected no complaint of the browser, got: ${complaints.join("; ")}`)
    return workflowIn(page.url())
  } finally {
    await context.close()
  }
}

async function givesKey(page: Page, key: string): Promise<void> {
  await page.getByRole("button", { name: "Connection read only" }).click()
  await page.getByLabel("API key").fill(key)
  await page.getByRole("button", { name: "Save", exact: true }).click()
}

async function writesWorkflow(page: Page): Promise<void> {
  await page.goto(`${page.url().split("#")[0] ?? ""}#/new`)
  await page.getByLabel("Goal").fill(GOAL)
  await page.getByLabel("Name").fill("Plan")
  await page.getByLabel("Prompt").fill("Plan {{goal}}")
  await page.getByRole("button", { name: "Create workflow", exact: true }).click()
}

async function runsWorkflow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run workflow", exact: true }).click()
  await page.getByRole("region", { name: "Output of step 1, Plan" }).waitFor()
  await page.getByText("Succeeded").filter({ visible: true }).first().waitFor()
}

function workflowIn(address: string): string {
  const [, id] = /#\/workflows\/([\w-]+)/.exec(address) ?? []
  if (id === undefined) throw new Error(`expected the address of a workflow, got ${address}`)
  return id
}

function heard(page: Page): string[] {
  const complaints: string[] = []
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text())
  })
  page.on("pageerror", (error) => void complaints.push(String(error)))
  return complaints
}
