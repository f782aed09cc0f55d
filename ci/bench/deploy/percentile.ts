/**
 * The value that so large a share of all values does not exceed (nearest rank).
 * @param share between 0 and 1, such as 0.99
 * @returns NaN when there are no values
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(Math.ceil(sorted.length * share), 1) - 1] ?? Number.NaN
}
