import { checkJourney } from "./journey.js"
import { checkHealth, checkVersion } from "./operations.js"
import { checkPage } from "./page.js"

/** What is looked at, and with what. */
export interface Look {
  /** Base URL of the server. */
  readonly serverUrl: string
  /** Address of the client's page, which is not looked at without. */
  readonly clientUrl?: string | undefined
  /** The commit that the server has to be built from, full or abbreviated; any without. */
  readonly commit?: string | undefined
  /** An API key that may use the sandbox connector. */
  readonly key: string
  /** Takes a line for each thing that is as it should be. */
  readonly say: (line: string) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Looks at a running platform from outside: health, version, page and the journey of a user. May be done in production: it
 * calls no model but the sandbox, and removes what it made.
 * @throws SmokeFailure at the first thing that is not as it should be; the signal's reason
 */
export async function look({ clientUrl, commit, say, ...at }: Look): Promise<void> {
  const place = { ...at, serverUrl: at.serverUrl.replace(/\/+$/, "") }
  say(await checkHealth(place))
  say(await checkVersion(place, commit))
  if (clientUrl !== undefined) say(await checkPage(place, clientUrl))
  say(await checkJourney(place))
}

/** Where and with what the checks ask. */
export type Place = Pick<Look, "serverUrl" | "key" | "signal">
