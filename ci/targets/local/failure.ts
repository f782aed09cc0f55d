/** The target `local` can't do what it was asked for; the message says what was expected, what was found and what to do. */
export class LocalFailure extends Error {}
