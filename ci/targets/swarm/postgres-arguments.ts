import type { ProgramCall } from "../target.js"

/** Parameters of a URL that PostgreSQL's own programs know; those of others make them refuse the URL. */
const KNOWN =
  /^(ssl\w*|gss\w*|channel_binding|connect_timeout|options|target_session_attrs|application_name|keepalives\w*|krbsrvname)$/

/** A URL for the arguments, which anybody on the machine can read, and the password, which they can't. */
export function splitPassword(databaseUrl: string): { readonly url: string; readonly password: string } {
  const url = new URL(databaseUrl)
  const password = decodeURIComponent(url.password)
  url.password = ""
  for (const name of [...url.searchParams.keys()]) if (!KNOWN.test(name)) url.searchParams.delete(name)
  return { url: url.href, password }
}

/** Where a program runs. */
export interface ProgramPlace {
  readonly name: string
  readonly network: string
  readonly image: string
}

/** Arguments of docker that run a program of PostgreSQL once; the password is in docker's own `PGPASSWORD`. */
export function programArgs({ name, network, image }: ProgramPlace, call: ProgramCall): string[] {
  return [
    ...["run", "--rm", "--interactive", "--name", name, "--network", network],
    // Whatever user the image has: these programs need none of their own.
    ...["--user", "65534:65534", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL"],
    // A dump would else stand in docker's log, too.
    ...["--log-driver", "none", "--env", "PGPASSWORD"],
    ...["--entrypoint", call.program, image],
    ...[`--dbname=${splitPassword(call.databaseUrl).url}`, ...call.args],
  ]
}
