const engineLockTimeout = 10_000

/**
 * Lets the process end when its work is done. Prisma's engine starts a timer of 10 s around its advisory lock and never clears it
 * (seen in 6.19.3), so `migrate deploy` would end 10 s late.
 */
export function releaseEngineTimer(): void {
  globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
    apply(start, self, parameters: Parameters<typeof setTimeout>) {
      const timer = Reflect.apply(start, self, parameters)
      return parameters[1] === engineLockTimeout ? timer.unref() : timer
    },
  })
}
