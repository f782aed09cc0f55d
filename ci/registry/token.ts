import { z } from "zod"
import { exchange, type Answer } from "./exchange.js"
import { isPassingStatus, RegistryFailure, retryAfterMs } from "./failure.js"
import { basic, refused, type Login } from "./login.js"

const Token = z.object({ token: z.string().optional(), access_token: z.string().optional() })

/**
 * Where a token is to be had, by the parameters of a Bearer challenge.
 * @throws RegistryFailure when the credentials could be read on their way there
 */
export function tokenUrl(
  { address }: Login,
  parameters: Readonly<Record<string, string>>,
  scope: string,
): URL {
  const { realm = "", service } = parameters
  const isSafe = URL.canParse(realm) && (/^https:/.test(realm) || /^http:/.test(address.api))
  if (!isSafe) {
    const expected = "expected the address of its token service, over https where the registry is"
    throw new RegistryFailure(`${address.prefix}: ${expected}; received ${realm || "none"}`)
  }
  const url = new URL(realm)
  if (service !== undefined) url.searchParams.set("service", service)
  url.searchParams.set("scope", scope)
  return url
}

/**
 * Fetches a token, with the credentials where there are some.
 * @throws RegistryFailure
 */
export async function token(login: Login, url: URL): Promise<string> {
  const headers = login.credentials ? { authorization: basic(login.credentials) } : {}
  const answer = await exchange({ method: "GET", url, headers })
  if (answer.status === 401 || answer.status === 403) throw refused(login, answer.status)
  const found = answer.status === 200 ? tokenIn(answer) : undefined
  if (found !== undefined) return found
  throw new RegistryFailure(
    `${url.origin}${url.pathname}: expected a token, received status ${answer.status}`,
    {
      isPassing: isPassingStatus(answer.status),
      pauseMs: retryAfterMs(answer.headers.get("retry-after")),
    },
  )
}

function tokenIn({ bytes }: Answer): string | undefined {
  try {
    const { token, access_token } = Token.parse(JSON.parse(Buffer.from(bytes).toString()))
    return token ?? access_token
  } catch {
    return undefined
  }
}
