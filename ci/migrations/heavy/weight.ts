/** What a part of a migration does to a table while requests wait for it, and the way that does not. */
export interface Weight {
  readonly table: string
  /** Such as `rewrites the table, and nobody reads or writes it meanwhile`. */
  readonly does: string
  readonly instead: string
}

export const REWRITES = "rewrites it, and nobody can read or write it meanwhile"
export const SCANS = "reads all of it, and nobody can read or write it meanwhile"
export const STOPS_WRITES = "reads all of it, and nobody can write it meanwhile"
