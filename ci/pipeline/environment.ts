/**
 * The caller's environment variables that a stage may see; all others stay outside, so that a stage means the same
 * on every machine. A name ending in `*` stands for every name that begins so.
 */
const ALLOWED: readonly string[] = [
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TZ", "LANG", "LC_*"],
  ...["CI", "GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR"],
  ...["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR", "npm_config_*"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
]

/** The part of an environment that a stage may see. */
export function allowed(
  environment: Readonly<Record<string, string | undefined>>,
  inputs: readonly string[] = [],
): Record<string, string> {
  const isAllowed = (name: string) => [...ALLOWED, ...inputs].some((pattern) => matches(name, pattern))
  const entries = Object.entries(environment).filter(([name]) => isAllowed(name))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

/** Whether a variable's value has to be kept out of everything that is printed or written. */
export function isSecretName(name: string): boolean {
  return /(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE_KEY|AUTH|DATABASE_URL|_KEY$)/i.test(name)
}
