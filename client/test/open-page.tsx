import { act, render } from "@testing-library/react"
import { userEvent } from "@testing-library/user-event"
import { onTestFinished } from "vitest"

import { App } from "../src/app/app"
import { startApi } from "./stand-in/api"

/** Starts an API of this test's own; it ends with the test. */
export async function testApi() {
  const api = await startApi()
  onTestFinished(() => api.close())
  return api
}

/** Opens the page at a hash, as a browser that was given the link. */
export function openPage(baseUrl: string, hash = "#/") {
  window.history.replaceState(null, "", hash)
  const user = userEvent.setup()
  return { user, ...render(<App baseUrl={baseUrl} />) }
}

/** The browser's back. */
export async function goBack() {
  await act(async () => {
    const arrived = new Promise((resolve) => {
      window.addEventListener("hashchange", resolve, { once: true })
    })
    window.history.back()
    await arrived
  })
}
