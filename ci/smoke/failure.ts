/** The platform is not as it should be; the message says what was expected and what came. */
export class SmokeFailure extends Error {}
