declare global {
  interface Window {
    /** Set by `/config.js` before the page's own script runs. */
    APP_CONFIG?: unknown
  }
}

const advice = "Check the file config.js beside index.html."

/**
 * The API's base URL from `window.APP_CONFIG`, without a slash at its end; "" or "/" is the origin that served the
 * page. Throws when the configuration is missing or names no http(s) URL.
 */
export function apiBaseUrl(config: unknown): string {
  const value =
    typeof config === "object" && config !== null && "apiBaseUrl" in config ? config.apiBaseUrl : null
  if (typeof value !== "string") {
    throw new Error(`Expected window.APP_CONFIG.apiBaseUrl to be a text, received ${typeof value}. ${advice}`)
  }
  const base = value.trim().replace(/\/+$/, "")
  if (base !== "" && !base.startsWith("/") && !isHttpUrl(base)) {
    throw new Error(
      `Expected window.APP_CONFIG.apiBaseUrl to be an http(s) URL, received "${value}". ${advice}`,
    )
  }
  return base
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
