import { readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { expect, type TestContext } from "vitest"
import type { Ground } from "./ground.js"
import { IN_DAGGER } from "./in-dagger.js"
import { ON_LOCAL } from "./on-local.js"
import { portsInUse } from "./ports-in-use.js"
import { runs, stays } from "./shell.js"
import { WITH_DOCKER } from "./with-docker.js"

/** How commands of the README are run; several together where one needs another. */
export interface Exercise {
  /** As they stand in the README. */
  readonly commands: readonly string[]
  /** Runs them; throws when one does not do what it should. */
  readonly run: (ground: Ground, context: TestContext) => Promise<unknown>
}

/** Runs a command as it stands, or with what stands in it for a value filled in. */
const whole = (command: string, typed = command): Exercise => ({
  commands: [command],
  run: ({ whole: { folder } }) => runs(typed, { cwd: folder }),
})
const short = (command: string): Exercise => ({
  commands: [command],
  run: ({ short: { folder } }) => runs(command, { cwd: folder }),
})
const withPostgres = (command: string) => `npm run with-postgres -- ${command}`

/** Every command of the README. */
export const EXERCISES: readonly Exercise[] = [
  short("npm run ci"),
  short("npm test"),
  short("npm run ci -- check"),
  whole("npm run ci -- list"),
  whole("npm run ci -- <function>", "npm run ci -- format"),
  whole("npm run ci -- <function> --help", "npm run ci -- smoke --help"),
  short("npm run ci -- lint"),
  whole("npm run ci -- format"),
  short("npm run ci -- typecheck"),
  { commands: ["npm run ci -- test [--only server|client|ci]"], run: someOfOnePackage },
  whole("npm run ci -- build"),
  whole("npm run ci -- audit"),
  whole("npm run ci -- migrate", withPostgres("npm run ci -- migrate")),
  whole("npx prisma migrate deploy", withPostgres('sh -c "cd server && npx prisma migrate deploy"')),
  {
    commands: ["npm run generate", "npm run with-postgres -- npx vitest --project server"],
    run: someServerTests,
  },
  { commands: ["npm run ci -- up"], run: upOnItsOwnPorts },
  {
    commands: [
      "npm run ci -- up [--port …] [--server-port …]",
      "npm run ci -- smoke --server-url … [--client-url …] [--commit-sha …]",
    ],
    run: upSmokeDown,
  },
  { commands: ["npm run hooks"], run: hooks },
  whole("npm run ci -- report", "npm run ci -- format && npm run ci -- report"),
  ...ON_LOCAL,
  ...IN_DAGGER,
  ...WITH_DOCKER,
]

/** Leaves some of a package's tests alone: the command is tested, not the package. */
async function withFewTests({ whole: { folder, git } }: Ground, tests: string, few: readonly string[]) {
  const others = (await readdir(join(folder, tests))).filter((name) => !few.includes(name))
  for (const name of others) await rm(join(folder, tests, name), { recursive: true })
  return { restore: () => git("checkout", "--", tests) }
}

async function someOfOnePackage(ground: Ground) {
  const { restore } = await withFewTests(ground, "ci/test", ["pipeline", "commits", "system"])
  await runs("npm run ci -- test --only ci", { cwd: ground.whole.folder })
  await restore()
}

async function someServerTests(ground: Ground) {
  const cwd = ground.whole.folder
  const { restore } = await withFewTests(ground, "server/test", ["platform", "workflows", "settings"])
  await runs("npm run generate", { cwd })
  const output = await runs("npm run with-postgres -- npx vitest --project server", { cwd })
  expect(output).toMatch(/Tests .*\d+ passed/)
  await restore()
}

async function upOnItsOwnPorts({ short: { folder } }: Ground, context: TestContext) {
  const busy = await portsInUse(3000, 8080)
  const reason = `something else on this machine listens on ${busy.join(" and ")}`
  if (busy.length > 0) console.warn(`npm run ci -- up is not run: ${reason}`)
  context.skip(busy.length > 0, reason)
  const up = await stays("npm run ci -- up", "A key for writing", folder)
  expect(up.output).toContain("http://127.0.0.1:8080")
  await up.interrupt()
  // npm says 130 for its own shell, which the same Ctrl-C ends.
  expect([0, 130]).toContain(await up.ended)
  expect(await portsInUse(3000, 8080)).toEqual([])
}

async function upSmokeDown({ short: { folder, git } }: Ground) {
  const up = await stays("npm run ci -- up --port 0 --server-port 0", "A key for writing", folder)
  const [client = "", server = ""] = up.output.match(/http:\/\/127\.0\.0\.1:\d+$/gm) ?? []
  const key = /cat (\S+)$/m.exec(up.output)?.[1] ?? ""
  const flags = `--server-url ${server} --client-url ${client} --commit-sha ${await git("rev-parse", "HEAD")}`
  await runs(`SMOKE_API_KEY=$(cat ${key}) npm run ci -- smoke ${flags}`, { cwd: folder })
  await runs("npm run ci -- down", { cwd: folder })
  expect(await up.ended).toBe(0)
}

async function hooks({ whole: { folder, git } }: Ground) {
  await runs("npm run hooks", { cwd: folder })
  const commit = (message: string) => git("commit", "--allow-empty", "--quiet", "--message", message)
  await expect(commit("Fixed some things.")).rejects.toThrow("subject may not be empty")
  await commit("fix: some things")
}
