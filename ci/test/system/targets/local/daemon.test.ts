import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { once } from "node:events"
import { join } from "node:path"
import { execa } from "execa"
import { Client } from "pg"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { localDown } from "../../../../targets/local/down.js"
import { localTarget } from "../../../../targets/local/local.js"
import { AT_ONCE_SECONDS, expectNothingLeftIn } from "../../leftovers.js"
import { commitAt, serving, until } from "./serving.js"
import {
  build,
  deployed,
  going,
  opened,
  order,
  ready,
  state,
  variant,
  type Built,
  type State,
} from "./state.js"

let built: Built

beforeAll(async () => {
  built = await build()
})
afterAll(() => rm(built.folder, { recursive: true, force: true }))

/** Ids of the processes whose arguments or folder are so, within an environment. */
async function processes(argument: string, { temporary }: State): Promise<number[]> {
  const { stdout } = await execa("ps", ["-eo", "pid=,args="])
  const found = stdout.split("\n").filter((line) => line.includes(argument))
  const pids = found.map((line) => Number(line.trim().split(" ")[0]))
  const own = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")
      return environment.includes(`TMPDIR=${temporary}`)
    }),
  )
  return pids.filter((_, index) => own[index])
}

async function query(databaseUrl: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end())
  return rows
}

test("nothing survives a daemon that is killed, except the data", async () => {
  const { environment, target } = await serving(built)
  await query(target.databaseUrl, "CREATE TABLE kept AS SELECT 1 AS one")
  const [daemon = 0] = await processes("local/daemon.ts", environment)
  process.kill(daemon, "SIGKILL")
  await expectNothingLeftIn(environment.temporary, 30)
  const again = await opened(environment)
  expect(await again.serving()).toBeUndefined()
  expect(await query(again.databaseUrl, "SELECT one FROM kept")).toEqual([{ one: 1 }])
  await deployed(again, order(built.record))
  expect((await fetch(`${again.publicUrl}/readyz`)).status).toBe(200)
})

test("down ends all and keeps the data; a second one finds nothing", async () => {
  const { environment, target } = await serving(built)
  await query(target.databaseUrl, "CREATE TABLE kept AS SELECT 1 AS one")
  expect(await localDown(environment.folder)).toBe(true)
  await expectNothingLeftIn(environment.temporary, AT_ONCE_SECONDS)
  expect(await localDown(environment.folder)).toBe(false)
  const again = await opened(environment)
  expect(await query(again.databaseUrl, "SELECT one FROM kept")).toEqual([{ one: 1 }])
})

test("several commands that begin at once share one daemon and one PostgreSQL", async () => {
  const environment = await state(built.folder)
  const targets = await Promise.all([1, 2, 3].map(() => opened(environment)))
  expect(new Set(targets.map(({ databaseUrl }) => databaseUrl)).size).toBe(1)
  await until(async () => (await processes("local/daemon.ts", environment)).length === 1)
  const names = await readdir(environment.folder)
  expect(names.sort()).toEqual(["daemon.json", "database", "logs", "releases"])
})

test("a release that crashes at its start says why", async () => {
  const { environment, target, first } = await serving(built)
  const broken = await variant(environment, built.record, (folder) =>
    writeFile(join(folder, "server/dist/main.js"), `throw new Error("broken on purpose")`),
  )
  const instance = await target.start(order(broken), going)
  await until(async () => (await target.fault(instance)) !== undefined)
  expect(await target.fault(instance)).toBe("ended with exit code 1: Error: broken on purpose")
  expect((await target.logs(instance)).join("\n")).toContain("broken on purpose")
  await expect(target.switchTo(instance, going)).rejects.toThrow("broken on purpose")
  await target.remove(instance.colour, going)
  expect(await target.serving()).toEqual(first)
})

test("a server that dies while it serves is started again, and that is in its log", async () => {
  const { environment, target, first } = await serving(built)
  const [server = 0] = await processes("dist/main.js", environment)
  process.kill(server, "SIGKILL")
  await until(async () => (await fetch(`${target.publicUrl}/readyz`)).status === 200)
  expect(await target.fault(first)).toBeUndefined()
  expect((await target.logs(first)).join("\n")).toContain(
    `"message":"started again","reason":"ended with SIGKILL`,
  )
})

test("what died while another served is started again when the front goes back to it", async () => {
  const { environment, target, first } = await serving(built)
  const [server = 0] = await processes("dist/main.js", environment)
  const second = await ready(target, order(built.record))
  const switched = await target.switchTo(second, going)
  process.kill(server, "SIGKILL")
  await until(async () => (await target.fault(first)) !== undefined)
  await switched.back()
  await until(async () => (await fetch(`${target.publicUrl}/readyz`)).status === 200)
  expect(await target.serving()).toEqual(first)
})

test("a command that hangs ends with its caller's patience, and leaves no process", async () => {
  const environment = await state(built.folder)
  const target = await opened(environment)
  const abort = new AbortController()
  const script = "console.log('begun'); setInterval(() => undefined, 1000)"
  const argv = ["sh", "-c", `node -e "${script}" & wait`]
  const run = target.run(
    order(built.record),
    { argv, line: () => abort.abort(new Error("time is up")) },
    abort.signal,
  )
  await expect(run).rejects.toThrow("time is up")
  await until(async () => (await processes("setInterval", environment)).length === 0)
})

test("a command tells its lines, its outputs and its exit code", async () => {
  const target = await opened(await state(built.folder))
  const lines: string[] = []
  const argv = ["node", "-e", "console.log(process.env.EXTRA); console.error('two'); process.exitCode = 7"]
  const command = { argv, variables: { EXTRA: "one" }, line: (text: string) => void lines.push(text) }
  const ending = await target.run(order(built.record), command, going)
  expect(ending).toEqual({ exitCode: 7, stdout: "one", stderr: "two" })
  expect(lines.sort()).toEqual(["one", "two"])
})

test("what ignores SIGTERM is killed when the time to remove it is up", async () => {
  const { environment, target } = await serving(built)
  const stubborn = await variant(environment, built.record, (folder) =>
    writeFile(
      join(folder, "server/dist/main.js"),
      `process.on("SIGTERM", () => undefined); (await import("node:http")).createServer((_, response) => response.end()).listen(process.env.PORT, "127.0.0.1")`,
    ),
  )
  const { colour } = await ready(target, order(stubborn))
  const breaking = new AbortController()
  setTimeout(() => breaking.abort(new Error("interrupted")), 300)
  await expect(target.remove(colour, breaking.signal)).rejects.toThrow("interrupted")
  expect(await processes("dist/main.js", environment)).toHaveLength(2)
  await target.remove(colour, AbortSignal.timeout(300))
  expect(await processes("dist/main.js", environment)).toHaveLength(1)
  await target.remove(colour, going)
})

test("a port that is taken is named, and nothing stays behind", async () => {
  const environment = await state(built.folder)
  const port = environment.settings.FRONT_PORT
  const stranger = createServer().listen(port, "127.0.0.1")
  await once(stranger, "listening")
  onTestFinished(() => void stranger.close())
  await expect(opened(environment)).rejects.toThrow(
    `expected the front to listen on FRONT_PORT ${port}; it is in use`,
  )
  await expectNothingLeftIn(environment.temporary, 30)
})

test("another FRONT_PORT moves the front with the next start, and no sooner", async () => {
  const { environment, target } = await serving(built)
  const moved = await state(built.folder)
  const again = await localTarget(moved.settings, environment.folder)
  onTestFinished(() => again.close())
  expect(again.publicUrl).toBe(target.publicUrl)
  expect(await commitAt(again)).toContain(built.record.commit)
  await deployed(again, order(built.record))
  expect(again.publicUrl).toBe(`http://127.0.0.1:${moved.settings.FRONT_PORT}`)
  expect(await commitAt(again)).toContain(built.record.commit)
  await expect(fetch(target.publicUrl)).rejects.toThrow()
})
