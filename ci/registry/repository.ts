import { z } from "zod"
import { authorization } from "./authorization.js"
import { exchange, type Answer, type Exchange } from "./exchange.js"
import { isPassingStatus, RegistryFailure, retryAfterMs } from "./failure.js"
import { refused, type Login } from "./login.js"

/** A request to a repository. */
export interface Call {
  readonly method: Exchange["method"]
  /** Below the repository, such as `manifests/v1.0.0`; or a whole URL that the registry gave. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
  /** The statuses that are an answer; every other one is a failure. */
  readonly expected: readonly number[]
}

/** An image's repository in a registry. */
export interface Repository {
  /** `host[:port][/namespace]/name`, without tag or digest. */
  readonly reference: string
  /**
   * Sends one request, once; logs in when asked to.
   * @throws RegistryFailure
   */
  readonly send: (call: Call) => Promise<Answer>
}

/** @param name the image's name, without the address's namespace */
export function repository(login: Login, name: string): Repository {
  const { address } = login
  const path = [address.namespace, name].filter(Boolean).join("/")
  const base = `${address.api}/${path}/`
  const known = new Map<string, string>()
  const send = async (call: Call) => {
    const url = new URL(call.path, base)
    // A URL that the registry gave can lead elsewhere, where nobody needs to know who asks.
    const isOwn = url.origin === new URL(base).origin
    const scope = scopeOf(path, login, call)
    const attempt = () => exchange({ ...call, url, headers: withLogin(call, isOwn && known.get(scope)) })
    const first = await attempt()
    if (first.status !== 401 || !isOwn) return checked(login, call, first)
    known.set(scope, await authorization(login, first.headers.get("www-authenticate") ?? "", scope))
    return checked(login, call, await attempt())
  }
  return { reference: `${address.prefix}/${name}`, send }
}

/** Whoever has an account asks once for both: a repository that is not there yet can be looked into only by who may make it. */
function scopeOf(path: string, { credentials }: Login, { method }: Call): string {
  const isReading = method === "GET" || method === "HEAD"
  return `repository:${path}:${isReading && !credentials ? "pull" : "pull,push"}`
}

function withLogin({ headers }: Call, authorization: string | false | undefined) {
  return { ...headers, ...(authorization && { authorization }) }
}

function checked(login: Login, { method, path, expected }: Call, answer: Answer): Answer {
  const { status, headers } = answer
  if (expected.includes(status)) return answer
  if (status === 401 || status === 403) throw refused(login, status)
  const [withoutQuery = ""] = path.split("?")
  const what = `${login.address.prefix}: ${method} ${withoutQuery}`
  throw new RegistryFailure(`${what}: expected ${expected.join(" or ")}, received ${status}${told(answer)}`, {
    isPassing: isPassingStatus(status),
    pauseMs: retryAfterMs(headers.get("retry-after")),
  })
}

const Errors = z.object({ errors: z.array(z.object({ code: z.string(), message: z.string().optional() })) })

/** What the registry says itself: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
function told({ bytes }: Answer): string {
  try {
    const { errors } = Errors.parse(JSON.parse(Buffer.from(bytes).toString()))
    return ` (${errors.map(({ code, message = "" }) => `${code} ${message}`.trim()).join("; ")})`
  } catch {
    return ""
  }
}
