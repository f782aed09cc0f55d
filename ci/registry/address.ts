/** Where images are pushed to, understood from `--registry-address`. */
export interface RegistryAddress {
  /** Base URL of the registry's API, without a final slash. */
  readonly api: string
  /** `host[:port]`, as references name it. */
  readonly host: string
  /** What an image's name stands behind in the API, slashes in between; empty for none. */
  readonly namespace: string
  /** What an image's name stands behind in a reference: `host[:port][/namespace]`. */
  readonly prefix: string
  /** The name under which Docker's configuration keeps the credentials. */
  readonly credentialsKey: string
}

/** What was given is no address of a registry; the message says what was expected. */
export class AddressError extends Error {}

const FORM = "[http://]host[:port][/namespace]"
const HOST = /^(\[[\da-f:]+\]|[a-z\d](?:[a-z\d.-]*[a-z\d])?)(:\d{1,5})?$/
const NAMESPACE = /^[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*$/
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/
const HUB = { names: ["docker.io", "index.docker.io"], host: "docker.io", api: "registry-1.docker.io" }

/**
 * Understands an address of a registry. Capitals become small letters, because a reference has none.
 * This machine's own registries are spoken to without TLS, as docker does; others with `http://` in front.
 * @throws AddressError
 * @example registryAddress("127.0.0.1:5000/team").api // http://127.0.0.1:5000/v2
 */
export function registryAddress(given: string): RegistryAddress {
  if (/[@?#]/.test(given)) throw new AddressError(`expected ${FORM} and nothing else; ${SECRETS_ELSEWHERE}`)
  const [, scheme, rest = ""] = /^(https?:\/\/)?(.*?)\/*$/.exec(given.trim().toLowerCase()) ?? []
  const [host = "", ...names] = rest.split("/")
  const wrong = problem(host, { names, isBare: scheme === undefined })
  if (wrong) throw new AddressError(`expected ${FORM}, received ${given}: ${wrong}`)
  const protocol = scheme ?? (LOCAL.test(host) ? "http://" : "https://")
  return HUB.names.includes(host) ? onDockerHub(names) : at(host, { names, protocol })
}

const SECRETS_ELSEWHERE =
  "the user comes as --registry-user, the password in REGISTRY_PASSWORD, the tag from the commit"

function problem(host: string, { names, isBare }: { names: readonly string[]; isBare: boolean }) {
  if (!HOST.test(host)) return `"${host}" is no host`
  if (isBare && !/[.:]|^localhost$/.test(host))
    return `docker would look for "${host}" on Docker Hub; write docker.io/${host}, or the host in full`
  const bad = names.find((name) => !NAMESPACE.test(name))
  if (bad !== undefined) return `"${bad}" is no namespace: letters, digits and single . _ - in between`
  return HUB.names.includes(host) && names.length === 0
    ? "Docker Hub needs a user or organisation"
    : undefined
}

function at(host: string, { names, protocol }: { names: readonly string[]; protocol: string }) {
  const namespace = names.join("/")
  const prefix = [host, ...names].join("/")
  return { api: `${protocol}${host}/v2`, host, namespace, prefix, credentialsKey: host }
}

function onDockerHub(names: readonly string[]): RegistryAddress {
  const { api } = at(HUB.api, { names, protocol: "https://" })
  // Docker's own name for it: the address of a version that is long gone.
  const credentialsKey = "https://index.docker.io/v1/"
  return { ...at(HUB.host, { names, protocol: "https://" }), api, credentialsKey }
}
