import { useMemo, useSyncExternalStore } from "react"

import type { Route } from "./route"
import { hashOf, routeOf } from "./route"

/** The route of the location, now and after every change; the browser's back and forward are such changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return useMemo(() => routeOf(hash), [hash])
}

/** Goes to a route as a link would. */
export function goTo(route: Exclude<Route, { view: "unknown" }>): void {
  window.location.hash = hashOf(route)
}

let navigated = false

/** Whether the view was reached inside the page; false on a fresh load, where the focus belongs to the browser. */
export function hasNavigated(): boolean {
  return navigated
}

function subscribe(onChange: () => void): () => void {
  const take = () => {
    navigated = true
    scrollUpWhenNew()
    onChange()
  }
  window.addEventListener("hashchange", take)
  return () => {
    window.removeEventListener("hashchange", take)
  }
}

/** A new entry of the history starts at the top; on back and forward the browser restores what was scrolled to. */
function scrollUpWhenNew(): void {
  if (window.history.state !== null) return
  window.history.replaceState({ seen: true }, "")
  window.scrollTo(0, 0)
}
