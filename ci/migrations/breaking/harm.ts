/** What a part of a migration does to the version that serves, and the way that does not. */
export interface Harm {
  readonly why: string
  readonly instead: string
}

/** How something goes that is used: the second half of expand and contract. */
export const CONTRACT_LATER =
  "stop using it in one release, and take it away in a later one, when that release serves"

/** How something gets another shape: the first half of expand and contract. */
export const EXPAND_BESIDE =
  "add a new one beside it, let one release write both and copy what is there, and take the old one away in a later release"
