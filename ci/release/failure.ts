/** A release is not possible as things are; the message says what was expected, what was found and what to do. */
export class ReleaseFailure extends Error {}
