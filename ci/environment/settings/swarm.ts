import { z } from "zod"
import { httpUrl, port, postgresUrl, store, text, wholeNumber } from "./shapes.js"

/** Settings of the target `swarm`. */
export const swarm = z.object({
  TARGET: z.literal("swarm"),
  /** The database, as the server in the swarm reaches it. */
  DATABASE_URL: postgresUrl,
  BACKUP_STORE: store,
  /** Under which everybody reaches the environment. */
  PUBLIC_URL: httpUrl,
  /** A manager of the swarm, on which the front stands; this machine's own when not set. */
  DOCKER_HOST: z
    .string()
    .regex(/^(unix|tcp|ssh):\/\/\S+$/)
    .describe("unix://…, tcp://host:port or ssh://user@host")
    .optional(),
  SSH_PRIVATE_KEY: text("a private key, in double quotes over several lines").optional(),
  /** Lines as in `~/.ssh/known_hosts`; nothing else is believed. */
  SSH_KNOWN_HOSTS: text("lines of known_hosts, in double quotes over several lines").optional(),
  /** Prefix of everything that this environment has in the swarm. */
  STACK: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .describe("small letters, digits and hyphens, at most 31")
    .optional(),
  /** Where the front listens on its node. */
  FRONT_PORT: port.default(80),
  SERVER_REPLICAS: wholeNumber(1, 100).default(1),
  CLIENT_REPLICAS: wholeNumber(1, 100).default(1),
  REGISTRY_USER: text("who pulls the images").optional(),
  REGISTRY_PASSWORD: text("a password or token").optional(),
  /** Image of the front. */
  FRONT_IMAGE: text("an image of Nginx that runs without root").optional(),
  /** Image with pg_dump, for backups. */
  POSTGRES_IMAGE: text("an image of PostgreSQL, of the server's version or newer").optional(),
})
