/** "deli" in ASCII: our part of the space of PostgreSQL's advisory locks, which are per database. */
const SPACE = 0x64656c69

/** With a database's name: held while the holder of its lock has no session there, and takes it again right after. */
export const RESERVED_SPACE = SPACE + 1

/** Held by a deploy from its first step to its last. */
export const DEPLOY_LOCK = [SPACE, 1] as const
/** Held for the moment in which the schema `delivery` is brought up to date. */
export const SCHEMA_LOCK = [SPACE, 2] as const
