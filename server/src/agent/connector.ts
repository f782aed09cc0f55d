/** A way to reach a model. */
export interface Connector {
  /**
   * The model's answer to a prompt.
   * @param signal Ends the call; the promise then rejects with the signal's reason.
   * @throws ModelError when the model gave no answer.
   */
  complete(prompt: string, signal: AbortSignal): Promise<string>
}

/** A model call that failed. The message is for the person who started the run; it never has a key in it. */
export class ModelError extends Error {
  override name = "ModelError"
}

/** How long a connector waits, and how often it tries again. */
export interface CallLimits {
  /** For one attempt, in milliseconds. */
  timeoutMs: number
  /** Attempts after the first, made on 429 and 5xx only. */
  maxRetries: number
  /** Wait before the first retry when the server names none, in milliseconds; doubles each time. */
  backoffMs?: number
}
