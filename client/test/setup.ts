import "@testing-library/jest-dom/vitest"

import { cleanup, configure } from "@testing-library/react"
import { afterEach } from "vitest"

configure({ asyncUtilTimeout: 30_000 })

// jsdom knows the element but can neither open nor close it.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.setAttribute("open", "")
  this.querySelector<HTMLElement>("[autofocus], input")?.focus()
}
HTMLDialogElement.prototype.close = function close() {
  this.removeAttribute("open")
  this.dispatchEvent(new Event("close"))
}
window.scrollTo = () => undefined

afterEach(() => {
  cleanup()
  localStorage.clear()
  sessionStorage.clear()
})
