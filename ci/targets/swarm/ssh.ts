import { spawn } from "node:child_process"
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import type { Connection } from "./connection.js"
import { sshConfiguration, sshWrapper } from "./ssh-config.js"

/** Bytes of a socket's path, less what ssh appends while it makes it. */
const LONGEST_SOCKET = 85

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
  const { configuration, isShared } = writeFiles(folder, access, program)
  if (isShared) openShared(run, program, ["-F", configuration, ...addressed(access.host)])
  const path = [folder, process.env["PATH"] ?? ""].join(delimiter)
  return { environment: { DOCKER_HOST: access.host, PATH: path }, close: () => run.clear() }
}

/**
 * One connection that all of docker's commands go over: a deploy has a hundred of them, and a login takes longer than most.
 * Until it is there, and when it can't be had, each makes its own.
 */
function openShared(run: Scratch, program: string, to: readonly string[]): void {
  const child = spawn(program, ["-M", "-N", ...to], { detached: true, stdio: "ignore" })
  child.on("error", () => undefined)
  child.unref()
  const { pid } = child
  if (pid === undefined) return
  run.started(pid)
  child.on("exit", () => run.ended(pid))
}

function addressed(host: string): string[] {
  const { username, hostname, port } = new URL(host)
  const name = hostname.replace(/^\[|\]$/g, "")
  return [
    ...(username ? ["-l", decodeURIComponent(username)] : []),
    ...(port ? ["-p", port] : []),
    "--",
    name,
  ]
}

/** @returns the path of ssh's configuration, and whether it has room for the socket of a shared connection */
function writeFiles(folder: string, { privateKey, knownHosts }: SshAccess, program: string) {
  const file = (name: string, text: string, mode = 0o600) => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode })
    return path
  }
  const control = join(folder, "shared")
  const isShared = Buffer.byteLength(control) <= LONGEST_SOCKET
  const text = sshConfiguration({
    key: file("key", whole(privateKey)),
    knownHosts: file("known_hosts", whole(knownHosts)),
    control: isShared ? control : undefined,
  })
  const configuration = file("config", text)
  // First on PATH, because docker's command line takes no options for ssh.
  file("ssh", sshWrapper(program, configuration), 0o700)
  return { configuration, isShared }
}

/** ssh reads no key without a line break at its end. */
const whole = (text: string) => `${text.trimEnd()}\n`

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
