/** Something in a migration that would do harm. */
export interface Finding {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** The statement on one line, shortened. */
  readonly statement: string
  /** What would happen. */
  readonly why: string
  /** The way that does no harm. */
  readonly instead: string
}

/** `file:line: why (statement); instead: the way that does no harm` */
export function findingText({ file, line, statement, why, instead }: Finding): string {
  return `${file}:${line}: ${why} (${statement}); instead: ${instead}`
}
