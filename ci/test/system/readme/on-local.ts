import { appendFile, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { expect, type TestContext } from "vitest"
import { executablePath } from "../../../journey/chromium.js"
import type { Exercise } from "./exercises.js"
import type { Ground } from "./ground.js"
import { portsInUse } from "./ports-in-use.js"
import { runs } from "./shell.js"

const PORT = 8088
const LOCAL = "npm run ci -- deploy --environment local"

/** The README's commands that deploy to this machine, and those of its data. */
export const ON_LOCAL: readonly Exercise[] = [
  {
    commands: [
      LOCAL,
      "npm run ci -- seed --environment local",
      "npm run ci -- deployments --environment local",
      "npm run ci -- rollback --environment local",
      "npm run ci -- down",
      "npm run ci -- deploy --environment …",
      "npm run ci -- rollback --environment …",
      "npm run ci -- deployments --environment …",
      "npm run ci -- backup --environment …",
      "npm run ci -- restore --environment …",
      "npm run ci -- seed --environment …",
      "npm run ci -- sanitize --environment … --to …",
      "npm run ci -- journey --environment …",
    ],
    run: deployedAndBack,
  },
]

async function deployedAndBack({ whole: { folder } }: Ground, context: TestContext) {
  const busy = await portsInUse(PORT)
  const reason = `something else on this machine listens on ${PORT}`
  if (busy.length > 0) console.warn(`nothing is deployed to local: ${reason}`)
  context.skip(busy.length > 0, reason)
  const type = (command: string) => runs(command, { cwd: folder })
  try {
    await type(LOCAL)
    await type("npm run ci -- seed --environment local")
    await brokenOnPurpose(folder)
    await appendFile(join(folder, "client/index.html"), "<!-- another version -->\n")
    await type(LOCAL)
    expect(await page()).toContain("another version")
    await type("npm run ci -- rollback --environment local")
    expect(await page()).not.toContain("another version")
    expect(await type("npm run ci -- deployments --environment local")).toMatch(/4 {2}rollback .* succeeded/)
    if (executablePath) await type("npm run ci -- journey --environment local")
    await data(folder, type)
  } finally {
    expect(await type("npm run ci -- down")).toContain("What was deployed to local is down")
  }
}

/** As the text says: what throws as it starts is taken back, and the page goes on. */
async function brokenOnPurpose(folder: string) {
  const file = join(folder, "server/src/main.ts")
  const before = await readFile(file, "utf8")
  await appendFile(file, 'throw new Error("broken on purpose")\n')
  const { exitCode, all } = await execa(LOCAL, { cwd: folder, shell: true, all: true, reject: false })
  expect(exitCode, all).toBe(3)
  expect(all).toMatch(/health gate .*broken on purpose/)
  expect((await fetch(`http://127.0.0.1:${PORT}/readyz`)).status).toBe(200)
  await writeFile(file, before)
}

async function data(folder: string, type: (command: string) => Promise<string>) {
  expect(await type("npm run ci -- backup --environment local")).toMatch(/restored and counted/)
  expect(await type("npm run ci -- restore --environment local")).toMatch(/is in place/)
  const command = "npm run ci -- sanitize --environment local --to .local/sanitized"
  const { exitCode, all } = await execa(command, { cwd: folder, shell: true, all: true, reject: false })
  // Without a pg_dump that fits the server there can be no dump, and the command says what to install.
  if (exitCode !== 0) expect(all).toMatch(/expected PostgreSQL.s programs/)
}

async function page(): Promise<string> {
  return (await fetch(`http://127.0.0.1:${PORT}/`)).text()
}
