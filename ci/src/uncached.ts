import type { Container } from "@dagger.io/dagger"

/**
 * The container with a value that never was before, so that what it runs next is run and not taken from the cache.
 * Goes right before an effect: the layers above stay cached, and `cache: "never"` on the function does not reach them.
 */
export function uncached(container: Container): Container {
  return container.withEnvVariable("NONCE", crypto.randomUUID())
}
