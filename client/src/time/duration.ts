/** A duration for people: `840 ms`, `4.2 s`, `2 min 05 s`, `1 h 04 min`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.max(0, Math.round(milliseconds))} ms`
  if (milliseconds < 59_950) return `${(milliseconds / 1_000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  return `${Math.floor(seconds / 3_600)} h ${twoDigits(Math.floor((seconds % 3_600) / 60))} min`
}

/** Milliseconds from one ISO time to another; never negative, as the browser's clock may be behind the server's. */
export function millisecondsBetween(from: string, to: string | number): number {
  return Math.max(0, new Date(to).getTime() - new Date(from).getTime())
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0")
}
