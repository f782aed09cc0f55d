import { randomUUID } from "node:crypto"
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { engine } from "../dagger/engine.js"
import { scratch } from "../host/reaper/scratch.js"
import { commitCopy, copyOfCheckout } from "./copy.js"
import { inTurn, row, type Figures } from "./figures.js"

const SAY = `
  /** Says a word */
  @func()
  say(word: string): string { return word }
`
const SMALLEST = `import { func, object } from "@dagger.io/dagger"
@object()
export class Smallest {${SAY}}
`

/**
 * A call that does nothing but start the module, against the smallest possible module. Needs an engine that answers;
 * nothing of its cache is removed.
 */
export async function benchDaggerCall(rounds: number): Promise<string[]> {
  return inEngine(async (call, folder) => {
    const saying = await copyThatSays(join(folder, "saying"))
    const smallest = await smallestModule(join(folder, "smallest"))
    const word = () => `--word=${randomUUID()}`
    // The first call of a module compiles it.
    await Promise.all([call(saying, "say", word()), call(smallest, "say", word())])
    return inTurn(rounds, {
      "the smallest module": () => call(smallest, "say", word()),
      "this module": () => call(saying, "say", word()),
    })
  })
}

/** `check` with everything anew, after an edit of one server file, and unchanged. */
export async function benchDaggerCheck(rounds: number): Promise<string[]> {
  return inEngine(async (call, folder) => {
    const copy = await copyOfCheckout(join(folder, "checkout"))
    await commitCopy(copy)
    return inTurn(rounds, {
      "check, everything anew": async () => {
        await editManifest(copy)
        await call(copy, "check")
      },
      "check, after an edit of one server file": async () => {
        await appendFile(join(copy, "server/src/app.ts"), `// ${randomUUID()}\n`)
        await call(copy, "check")
      },
      "check, unchanged": () => call(copy, "check"),
    })
  })
}

type DaggerCall = (folder: string, ...args: string[]) => Promise<unknown>

async function inEngine(
  measured: (call: DaggerCall, folder: string) => Promise<Figures[]>,
): Promise<string[]> {
  const found = await engine()
  if (!found.answers) return [`  not measured: ${found.why}`]
  const own = scratch()
  const env = { ...found.environment, DAGGER_NO_NAG: "1" }
  const call: DaggerCall = (cwd, ...args) => execa("dagger", ["call", ...args], { cwd, env, stdin: "ignore" })
  try {
    return rows(await measured(call, own.folder))
  } finally {
    await own.clear()
  }
}

function rows(figures: readonly Figures[]): string[] {
  const [base] = figures
  return base ? figures.map((each) => row(each, base)) : []
}

/** A copy of the checkout whose module has a function that does nothing. */
async function copyThatSays(folder: string): Promise<string> {
  await copyOfCheckout(folder)
  const file = join(folder, "ci/src/index.ts")
  const module = await readFile(file, "utf8")
  await writeFile(file, module.replace("\n  private sources()", `${SAY}\n  private sources()`))
  await execa("git", ["init", "--quiet"], { cwd: folder })
  return folder
}

/** Another description is another manifest: the dependencies are installed again, and all that stands on them. */
async function editManifest(folder: string): Promise<void> {
  const file = join(folder, "package.json")
  const manifest = JSON.parse(await readFile(file, "utf8")) as object
  await writeFile(file, `${JSON.stringify({ ...manifest, description: randomUUID() }, null, 2)}\n`)
}

async function smallestModule(folder: string): Promise<string> {
  const write = async (file: string, text: string) => {
    await mkdir(join(folder, file, ".."), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  const module = JSON.parse(await readFile("dagger.json", "utf8")) as { engineVersion: string }
  const { engineVersion } = module
  await write(
    "dagger.json",
    JSON.stringify({ name: "smallest", engineVersion, sdk: { source: "typescript" }, source: "ci" }),
  )
  await write("ci/package.json", await readFile("ci/package.json", "utf8"))
  await write("ci/src/index.ts", SMALLEST)
  await execa("git", ["init", "--quiet"], { cwd: folder })
  return folder
}
