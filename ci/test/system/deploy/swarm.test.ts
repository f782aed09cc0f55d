import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { expect, onTestFinished, test, vi } from "vitest"
import { startLoad } from "../../../load/load.js"
import { startedRun } from "../../../trial/long-run.js"
import { startProgram, type Ended, type Place } from "../../../trial/programs.js"
import { seen, environment } from "../targets/swarm/environment.js"
import { ground } from "../targets/swarm/ground.js"
import { patience } from "../targets/swarm/settings.js"
import { noSshd, sshd } from "../targets/swarm/sshd.js"
import type { Target } from "../../../targets/target.js"
import { checkout } from "../../../trial/checkout.js"
import { withMigration } from "../../../trial/edits.js"
import { BROKEN, LATER, platformReleases } from "./swarm-releases.js"

const on = ground()
const PER_SECOND = 100
const SOON = "DEADLINES='health gate=120,smoke=60'"

/** An environment on the swarm, and how the programs are called on it. */
async function staging(more: Readonly<Record<string, string>> = {}) {
  const backups = await mkdtemp(join(tmpdir(), "backups-"))
  onTestFinished(() => rm(backups, { recursive: true, force: true }))
  const { target, document } = await environment(await on.database.url(), {
    BACKUP_STORE: backups,
    SHUTDOWN_DEADLINE_MS: "3000",
    ...more,
  })
  // A release's migrations are read from its checkout, here with one that is fine and one that fails.
  const { folder, remove } = await checkout()
  onTestFinished(remove)
  for (const { name, sql } of [LATER, BROKEN]) await withMigration(name, sql)(folder)
  const place: Place = { folder, environment: "staging", settings: document }
  const start = (name: string, call: Parameters<typeof startProgram>[2] = {}) =>
    startProgram(place, name, call)
  const call = async (name: string, given?: Parameters<typeof startProgram>[2]) =>
    (await start(name, given)).ended
  return { target, backups, start, call }
}

/** Nothing but docker tells the front that a deploy is gone. */
const isBack = (target: Target, version: string) =>
  vi.waitFor(async () => expect(await seen(target)).toBe(version), { timeout: 60_000, interval: 500 })

async function loadKey(target: Target): Promise<string> {
  const order = await target.serving()
  if (!order) throw new Error("expected something to serve")
  const argv = ["node", "dist/keys.js", "create", "--name", "load", "--connector", "sandbox"]
  return (await target.run(order, { argv, line: () => undefined }, patience())).stdout
}

/** Does something while users ask, and expects that none of them notices. */
async function loaded(target: Target) {
  const [url, key] = [target.publicUrl, await loadKey(target)]
  return async (action: () => Promise<Ended>): Promise<Ended & { readonly reconnects: number }> => {
    const load = startLoad({ url, key, perSecond: PER_SECOND, runId: await startedRun(url, key) })
    const ended = await action()
    const { failures, answers, reconnects } = await load.stop()
    expect(failures, ended.text).toEqual([])
    expect(answers.length).toBeGreaterThan(200)
    return { ...ended, reconnects }
  }
}

test("a release is brought to a swarm, the next one with no request lost, and back again", async () => {
  const releases = await platformReleases(on.release)
  const { target, backups, call } = await staging({ SERVER_REPLICAS: "2" })
  const first = await call("deploy", { release: releases.good, flags: ["--release-tag=v1.0.0"] })
  expect(first.exitCode, first.text).toBe(0)
  expect(await seen(target)).toBe("v1.0.0")

  const underLoad = await loaded(target)
  const next = await underLoad(() =>
    call("deploy", { release: releases.later, flags: ["--release-tag=v1.1.0"] }),
  )
  expect(next, next.text).toMatchObject({ exitCode: 0, result: { outcome: "succeeded", version: "v1.1.0" } })
  expect(next.reconnects).toBeGreaterThan(0)
  expect(await seen(target)).toBe("v1.1.0")
  expect(next.text).toMatch(/back up .* a dump: \d+ tables, \d+ rows, restored and counted/)
  expect((await readdir(backups)).filter((name) => name.endsWith(".dump"))).toHaveLength(2)

  const back = await underLoad(() => call("rollback"))
  expect(back.result, back.text).toMatchObject({ outcome: "succeeded", version: "v1.0.0" })
  expect(await seen(target), "on the schema of the one after it").toBe("v1.0.0")

  await execute(target, 'ALTER TABLE "api_keys" ADD COLUMN "owner" TEXT NOT NULL DEFAULT \'nobody\'')
  await execute(target, 'ALTER TABLE "api_keys" ALTER COLUMN "owner" DROP DEFAULT')
  const refused = await call("rollback", { flags: ["--to=v1.1.0"] })
  expect(refused, refused.text).toMatchObject({
    exitCode: 1,
    result: { outcome: "refused", failedStep: "check" },
  })
  expect(refused.text).toMatch(/the column owner of api_keys, which it does not know, has to have a value/)
  expect(await seen(target)).toBe("v1.0.0")
})

async function execute(target: Target, statement: string): Promise<void> {
  const client = new Client({ connectionString: target.databaseUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

test("a release that does not prove itself is taken back, killed deploys are, and what served goes on", async () => {
  const releases = await platformReleases(on.release)
  const { target, start, call } = await staging()
  const first = await call("deploy", { release: releases.good, flags: ["--release-tag=v1.0.0"] })
  expect(first.exitCode, first.text).toBe(0)
  const underLoad = await loaded(target)
  const broken = [
    [releases.neverReady, "health gate", /in time|within 30 s/, "DEADLINES=health gate=30"],
    [releases.crashing, "health gate", /a part is missing/],
    [releases.wrongCommit, "health gate", /expected the new version to be of commit/],
    [releases.noPage, "smoke", /expected a script/],
    [releases.badMigration, "migrate", /division by zero/],
  ] as const
  for (const [release, failedStep, reason, settings = SOON] of broken) {
    const { exitCode, result, text } = await underLoad(() => call("deploy", { release, settings }))
    expect(result, text).toMatchObject({ outcome: "taken back", failedStep })
    expect(result?.reason).toMatch(reason)
    expect(exitCode).toBe(3)
    expect(await seen(target)).toBe("v1.0.0")
  }
  for (const after of ["back up", "start new", "switch"]) {
    await underLoad(async () => {
      const running = await start("deploy", { release: releases.later, flags: ["--release-tag=v2.0.0"] })
      await running.printed(`✔ ${after}`)
      running.kill()
      return running.ended
    })
    await isBack(target, "v1.0.0")
  }
  const last = await underLoad(async () => {
    const running = await start("deploy", { release: releases.later, flags: ["--release-tag=v2.0.0"] })
    await running.printed("✔ lock")
    const other = await call("deploy", { release: releases.good })
    expect(other.result, other.text).toMatchObject({ outcome: "refused", failedStep: "lock" })
    return running.ended
  })
  expect(last.exitCode, last.text).toBe(0)
  expect(await seen(target)).toBe("v2.0.0")
})

test.skipIf(noSshd !== undefined)(
  "a swarm behind ssh is deployed to, goes back when its deploy is killed, and is deployed to again",
  async () => {
    const releases = await platformReleases(on.release)
    const { host, key, knownHosts } = await sshd()
    const access = { DOCKER_HOST: host, SSH_PRIVATE_KEY: key, SSH_KNOWN_HOSTS: knownHosts }
    const { target, start, call } = await staging(access)
    const first = await call("deploy", { release: releases.good, flags: ["--release-tag=v1.0.0"] })
    expect(first.exitCode, first.text).toBe(0)
    const underLoad = await loaded(target)
    await underLoad(async () => {
      const running = await start("deploy", { release: releases.later, flags: ["--release-tag=v2.0.0"] })
      await running.printed("✔ switch")
      running.kill()
      return running.ended
    })
    await isBack(target, "v1.0.0")
    const next = await underLoad(() =>
      call("deploy", { release: releases.later, flags: ["--release-tag=v2.0.0"] }),
    )
    expect(next.exitCode, next.text).toBe(0)
    expect(await seen(target)).toBe("v2.0.0")
    for (const { text } of [first, next]) expect(text).not.toContain(key.split("\n")[1])
  },
)
