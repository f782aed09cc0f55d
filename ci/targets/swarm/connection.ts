import type { SwarmSettings } from "../../environment/settings/settings.js"

/** What leads docker's command line to a swarm. */
export interface Connection {
  readonly environment: Readonly<Record<string, string>>
  /** Takes away what was written for it. */
  close(): void
}

/** The way to the swarm that the settings name, or to that of this machine. */
export function connect({ DOCKER_HOST }: SwarmSettings): Connection {
  return { environment: DOCKER_HOST === undefined ? {} : { DOCKER_HOST }, close: () => undefined }
}
