import type { SwarmSettings } from "../../environment/settings/settings.js"
import { connectBySsh } from "./ssh.js"

/** What leads docker's command line to a swarm. */
export interface Connection {
  readonly environment: Readonly<Record<string, string>>
  /** Takes away what was written for it. */
  readonly close: () => Promise<void>
}

/** The way to the swarm that the settings name, or to that of this machine. */
export function connect(settings: SwarmSettings): Connection {
  const { DOCKER_HOST: host, SSH_PRIVATE_KEY: privateKey, SSH_KNOWN_HOSTS: knownHosts } = settings
  if (host?.startsWith("ssh://") && privateKey !== undefined && knownHosts !== undefined)
    return connectBySsh({ host, privateKey, knownHosts })
  return { environment: host === undefined ? {} : { DOCKER_HOST: host }, close: () => Promise.resolve() }
}
