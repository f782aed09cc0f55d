/** The command line was wrong; the message says what was expected. */
export class UsageError extends Error {}
