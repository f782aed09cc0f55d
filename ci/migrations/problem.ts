/** A release's migrations don't go with a database or with their files; the message says what to do. */
export class MigrationProblem extends Error {}
