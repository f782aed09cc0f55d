import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { scratch } from "../../host/reaper/scratch.js"
import type { Connection } from "./connection.js"
import { sshConfiguration, sshWrapper } from "./ssh-config.js"

/** The way to a host through ssh. */
export interface SshAccess {
  /** `ssh://user@host[:port]` */
  readonly host: string
  readonly privateKey: string
  readonly knownHosts: string
}

/**
 * A way to a Docker daemon through ssh, with files that only this user can read. They go when the connection is closed,
 * and also when this process is killed.
 * @throws when no ssh is on PATH
 */
export function connectBySsh(access: SshAccess): Connection {
  const program = sshOnPath()
  const run = scratch()
  const folder = join(run.folder, "ssh")
  mkdirSync(folder, { mode: 0o700 })
  writeFiles(folder, access, program)
  const path = [folder, process.env["PATH"] ?? ""].join(delimiter)
  return { environment: { DOCKER_HOST: access.host, PATH: path }, close: () => run.clear() }
}

function writeFiles(folder: string, { privateKey, knownHosts }: SshAccess, program: string): void {
  const file = (name: string, text: string, mode = 0o600) => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode })
    return path
  }
  const files = { key: file("key", ended(privateKey)), knownHosts: file("known_hosts", ended(knownHosts)) }
  // First on PATH, because docker's command line takes no options for ssh.
  file("ssh", sshWrapper(program, file("config", sshConfiguration(files))), 0o700)
}

/** ssh reads no key without a line break at its end. */
const ended = (text: string) => `${text.trimEnd()}\n`

function sshOnPath(): string {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    try {
      accessSync(join(folder, "ssh"), constants.X_OK)
      return join(folder, "ssh")
    } catch {
      // Perhaps in the next one.
    }
  }
  throw new Error("expected ssh on PATH for DOCKER_HOST=ssh://…, received none; install an OpenSSH client")
}
