import { readFile } from "node:fs/promises"
import { createInterface } from "node:readline"
import { execa } from "execa"
import { z } from "zod"
import { checkout } from "../../../trial/checkout.js"

/** The built platform, as `npm run ci -- up` starts it in a copy of this checkout. */
export interface Platform {
  /** Base URL of the client. */
  readonly client: string
  /** Base URL of the server. */
  readonly server: string
  readonly key: string
  /** Ends it as a person does from elsewhere, and returns once all of it is gone. */
  down(): Promise<void>
}

const ci = (...args: string[]) => ["run", "--silent", "ci", "--", ...args]

/** Builds and starts the platform on free ports. */
export async function platformUp(): Promise<Platform> {
  const copy = await checkout()
  const cwd = copy.folder
  const up = execa("npm", ci("up", "--port", "0", "--server-port", "0"), {
    ...{ cwd, reject: false, all: true, stdin: "ignore" },
  })
  const down = async () => {
    await execa("npm", ci("down"), { cwd, reject: false })
    await up
    await copy.remove()
  }
  const seen: string[] = []
  const isUp = new Promise<boolean>((resolve) => {
    createInterface({ input: up.all }).on("line", (line) => {
      seen.push(line)
      if (line.startsWith("A key for writing:")) resolve(true)
    })
    void up.then(() => resolve(false))
  })
  if (await isUp) return { ...(await announced(seen)), down }
  await copy.remove()
  throw new Error(`expected the platform to be up, but it ended:\n${seen.join("\n")}`)
}

/** Reads what `up` printed, as a person does. */
async function announced(lines: readonly string[]) {
  const after = (label: string) =>
    lines
      .find((line) => line.startsWith(label))
      ?.slice(label.length)
      .trim()
  const file = z.string().parse(after("A key for writing:   cat"))
  const client = z.url().parse(after("The platform is up:"))
  const server = z.url().parse(after("Its API:"))
  return { client, server, key: (await readFile(file, "utf8")).trim() }
}
