import "@fontsource-variable/instrument-sans/wght.css"
import "../design/tokens.css"
import "../design/base.css"
import "../design/controls.css"

import { StrictMode } from "react"
import { createRoot } from "react-dom/client"

import { toApiError } from "../api/api-error"
import { apiBaseUrl } from "../connection/app-config"
import { CrashBoundary, CrashScreen } from "../feedback/crash-screen"
import { App } from "./app"

const root = document.getElementById("root")
if (root === null) throw new Error("Expected an element with the id root in index.html, found none.")
createRoot(root).render(
  <StrictMode>
    <CrashBoundary>{page()}</CrashBoundary>
  </StrictMode>,
)

function page() {
  try {
    return <App baseUrl={apiBaseUrl(window.APP_CONFIG)} />
  } catch (thrown) {
    return <CrashScreen error={toApiError(thrown)} />
  }
}
