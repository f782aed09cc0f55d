import { SmokeFailure } from "./failure.js"
import type { Place } from "./look.js"
import { request } from "./request.js"

/** The client's page is served, with its script, and points at the server. */
export async function checkPage({ serverUrl, signal }: Place, clientUrl: string): Promise<string> {
  const page = await request(clientUrl, { signal })
  const script = /<script[^>]+src="([^"]+\.js)"/g
  const scripts = [...page.matchAll(script)].map(([, source = ""]) => new URL(source, clientUrl).href)
  if (scripts.length === 0) throw new SmokeFailure(`page: expected a script in ${clientUrl}, found none`)
  const texts = await Promise.all(scripts.map((source) => request(source, { signal })))
  if (!texts.some((text) => isNamed(text, clientUrl, serverUrl))) {
    throw new SmokeFailure(
      `page: expected its settings to name ${serverUrl}, none of ${scripts.length} scripts does`,
    )
  }
  return `page: ${clientUrl} is served and calls ${serverUrl}`
}

/** A page that calls the origin that serves it names none. */
function isNamed(text: string, clientUrl: string, serverUrl: string): boolean {
  const isSameOrigin = new URL(clientUrl).origin === new URL(serverUrl).origin
  return text.includes(serverUrl) || (isSameOrigin && /apiBaseUrl"?:\s*""/.test(text))
}
