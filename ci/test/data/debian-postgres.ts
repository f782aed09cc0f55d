import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { chown, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa, execaSync } from "execa"
import { account } from "../../host/postgres/account.js"
import { ready } from "../../host/postgres/ready.js"
import { freePort } from "../../host/free-port.js"
import type { Scratch } from "../../host/reaper/scratch.js"

/** Why no PostgreSQL of the version of the pg_dump on PATH can be started; undefined when one can. */
export function whyNoDebianPostgres(): string | undefined {
  const folder = programs()
  if (folder === undefined) return "no pg_dump is on PATH"
  return existsSync(join(folder, "initdb")) ? undefined : `there is no ${folder}/initdb`
}

/** Starts a PostgreSQL of the version of the pg_dump on PATH, in the run's folder. It ends with the run. */
export async function startDebianPostgres(scratch: Scratch): Promise<string> {
  const folder = join(scratch.folder, `debian-${randomBytes(3).toString("hex")}`)
  const owner = account()
  await mkdir(folder, { mode: 0o700 })
  if (owner) await chown(folder, owner.uid, owner.gid)
  const options = { ...owner, cwd: folder }
  const password = randomBytes(18).toString("base64url")
  await writeFile(join(folder, "password"), password)
  const files = [`--pgdata=${folder}/data`, `--pwfile=${folder}/password`]
  const flags = ["--username=postgres", "--auth=password", "--encoding=UTF8", "--no-locale", "--no-sync"]
  await execa(`${programs()}/initdb`, [...files, ...flags], options)
  const port = await freePort()
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"]
  const args = ["-D", `${folder}/data`, "-p", `${port}`, ...settings.flatMap((setting) => ["-c", setting])]
  const server = execa(`${programs()}/postgres`, args, {
    ...options,
    detached: true,
    cleanup: false,
    reject: false,
  })
  if (server.pid !== undefined) scratch.started(server.pid, "database")
  await ready(server, false)
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}

function programs(): string | undefined {
  const { stdout, failed } = execaSync("pg_dump", ["--version"], { reject: false })
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]
  return failed || major === undefined ? undefined : `/usr/lib/postgresql/${major}/bin`
}
