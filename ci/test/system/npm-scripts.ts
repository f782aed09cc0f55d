import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"

/** Puts another command behind npm scripts of a checkout; without one, what does nothing. */
export async function replaceScripts(
  folder: string,
  scripts: readonly string[],
  by = "node --version",
): Promise<void> {
  const file = join(folder, "package.json")
  const manifest = JSON.parse(await readFile(file, "utf8")) as { scripts: Record<string, string> }
  for (const name of scripts) {
    if (!(name in manifest.scripts)) throw new Error(`expected the npm script ${name}, found none`)
    manifest.scripts[name] = by
  }
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`)
}
