import type { Plugin } from "vite"

const defaultApiBaseUrl = "http://127.0.0.1:3000"

/**
 * Serves `/config.js` in development and writes it into the build. It holds the API's base URL: the value of
 * `VITE_API_BASE_URL`, default `http://127.0.0.1:3000`. Whoever serves the built files may replace it.
 */
export function configScript(): Plugin {
  let script = ""
  return {
    name: "config-script",
    configResolved({ env }) {
      script = configScriptText(textOr(env["VITE_API_BASE_URL"], defaultApiBaseUrl))
    },
    configureServer({ middlewares }) {
      middlewares.use("/config.js", (_request, response) => {
        response.setHeader("content-type", "text/javascript").end(script)
      })
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "config.js", source: script })
    },
  }
}

/** The text of `config.js` for one API base URL. */
export function configScriptText(apiBaseUrl: string): string {
  return `window.APP_CONFIG = ${JSON.stringify({ apiBaseUrl })}\n`
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : fallback
}
