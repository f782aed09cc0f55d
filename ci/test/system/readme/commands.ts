/**
 * The commands of a README: every line of its shell blocks, every `npm …` and `npx …` in its text, and every function
 * of its table, all without the comments beside them.
 * @returns each once, in the order of the text
 */
export function commands(readme: string): string[] {
  const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = ""]) => block.split("\n"))
  const text = readme.replace(/```.*?```/gs, "")
  const inText = [...text.matchAll(/`(np[mx] [^`]+)`/g)].map(([, command = ""]) => command)
  const inTable = section(text, "The functions").flatMap(functionsOfRow)
  const all = [...blocks, ...inText, ...inTable].map((line) => line.replace(/\s+# .*$/, "").trim())
  return [...new Set(all.filter(Boolean))]
}

function section(text: string, title: string): string[] {
  return (text.split(`## ${title}\n`)[1] ?? "").split("\n## ")[0]?.split("\n") ?? []
}

/** Functions stand in code in the first column; a `|` inside is escaped. */
function functionsOfRow(line: string): string[] {
  const first = /^\| (.*?) (?<!\\)\|/.exec(line)?.[1] ?? ""
  const functions = [...first.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code.replaceAll("\\|", "|"))
  return functions.map((code) => `npm run ci -- ${code}`)
}
