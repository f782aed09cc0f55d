/** The files that lead `ssh` to one host with one key, and believe nothing but the pinned host keys. */
export interface SshFiles {
  readonly key: string
  readonly knownHosts: string
  /** The socket of a connection that others go over while it is there; without it each has its own. */
  readonly control?: string | undefined
}

/**
 * The text of a configuration of ssh, see ssh_config(5). Nothing of the user's own is read beside it.
 */
export function sshConfiguration({ key, knownHosts, control }: SshFiles): string {
  const options = {
    IdentityFile: `"${key}"`,
    IdentitiesOnly: "yes",
    IdentityAgent: "none",
    UserKnownHostsFile: `"${knownHosts}"`,
    GlobalKnownHostsFile: "/dev/null",
    StrictHostKeyChecking: "yes",
    BatchMode: "yes",
    ConnectTimeout: "15",
    ServerAliveInterval: "15",
    ...(control !== undefined && { ControlPath: `"${control}"` }),
  }
  const lines = Object.entries(options).map(([name, value]) => `  ${name} ${value}\n`)
  return `Host *\n${lines.join("")}`
}

/** The text of a program that stands for `ssh`, because docker's command line takes no options for it. */
export function sshWrapper(program: string, configuration: string): string {
  return `#!/bin/sh\nexec '${program}' -F '${configuration}' "$@"\n`
}
