/** What the browser's storage answers, or null where it forbids storage or is full; all then lives as long as the page. */
export function attempt<T>(access: () => T): T | null {
  try {
    return access()
  } catch {
    return null
  }
}
