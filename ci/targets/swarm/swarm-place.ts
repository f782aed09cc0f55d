import type { SwarmSettings } from "../../environment/settings/settings.js"
import type { Docker } from "./docker-call.js"

/** One environment's place in a swarm: what every function of this target works on. */
export interface SwarmPlace {
  readonly settings: SwarmSettings
  /** Prefix of the name of everything there; also the name of its network. */
  readonly stack: string
  /** The node that docker is called on: a manager, on which the front stands. */
  readonly node: string
  /** Runs docker's command line against a manager of the swarm. */
  readonly docker: Docker
}
