const ROOM = "; end what fills that disk, or set TMPDIR to a folder with room"

/** What PostgreSQL or initdb complains of, in one line, with a way out where there is one. */
export function complaint(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "")
  const found = lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "it printed nothing"
  const words = found.replace(/^.*?(?=FATAL|PANIC|error:)/, "")
  return /No space left|quota exceeded/i.test(words) ? words + ROOM : words
}
