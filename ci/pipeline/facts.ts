/** What an executor knows of a run and fills into a stage's arguments and environment, where they say `{name}`. */
export interface Facts {
  /** The commit that is being checked, 40 hexadecimal digits; absent outside a git checkout. */
  commit?: string
  /** `postgresql://` URL of the database that is migrated and served from. A secret. */
  databaseUrl?: string
  /** `postgresql://` URL of a PostgreSQL in which tests may make and drop databases. A secret. */
  testDatabaseUrl?: string
  /** Base URL of the server, without a final slash. */
  serverUrl?: string
  /** The port that the server is to listen on; `0` for any free one. */
  serverPort?: string
  /** Base URL of the client, without a final slash. */
  clientUrl?: string
  /** API key of the smoke test. A secret. */
  smokeKey?: string
  /** Where the source can be read, a URL; carried by images. */
  sourceUrl?: string
  /** The platforms that images are built for, separated by commas, such as `linux/amd64,linux/arm64`. */
  platform?: string
  /** Where images are pushed to: `host[:port][/namespace]`. */
  registryAddress?: string
  /** Who pushes. */
  registryUser?: string
  /** The version that a commit's images get, such as `v1.2.3`. */
  releaseTag?: string
  /** The environment that is deployed to, such as `staging`. */
  environment?: string
  /** An environment's settings, a dotenv document. A secret. */
  settings?: string
  /** The file with the release record that is deployed. */
  releaseFile?: string
  /** Who deploys, for the history. */
  by?: string
  /** How many seconds to wait for another deploy to end. */
  wait?: string
  /** `true` to let migrations through that the serving version can't live with. */
  allowBreaking?: string
  /** `true` to print the plan alone. */
  dryRun?: string
  /** The release that a rollback goes to: a version, a commit or a deployment's number; or the place that a copy goes to. */
  to?: string
  /** A backup's name. */
  backup?: string
  /** How many deployments are listed. */
  limit?: string
  /** The file that a stage writes the function's result into, as JSON. */
  resultFile?: string
}

/** Facts that are never printed or written. */
export const SECRET_FACTS: readonly (keyof Facts)[] = [
  ...(["databaseUrl", "testDatabaseUrl", "smokeKey", "settings"] as const),
]

/**
 * Fills facts into a text.
 * @returns the text, or `undefined` when it asks for a fact that nobody knows
 */
export function filled(text: string, facts: Readonly<Facts>): string | undefined {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as keyof Facts)
  if (names.some((name) => facts[name] === undefined)) return undefined
  return text.replace(/\{(\w+)\}/g, (_, name: keyof Facts) => facts[name] ?? "")
}

/** Fills facts into arguments; one that asks for an unknown fact is left out. */
export function filledArguments(args: readonly string[], facts: Readonly<Facts>): string[] {
  return args.flatMap((argument) => filled(argument, facts) ?? [])
}

/** Fills facts into an environment; a variable that asks for an unknown fact is left out. */
export function filledEnvironment(
  variables: Readonly<Record<string, string>>,
  facts: Facts,
): Record<string, string> {
  const entries = Object.entries(variables).map(([name, text]) => [name, filled(text, facts)] as const)
  return Object.fromEntries(
    entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  )
}
