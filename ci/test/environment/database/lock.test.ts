import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { expect, onTestFinished, test } from "vitest"
import { connected } from "../../../environment/database/connection.js"
import { deployments } from "../../../environment/database/history.js"
import { takeLock, type Lock } from "../../../environment/database/lock.js"
import { LockLost } from "../../../environment/database/lock-loss.js"
import { LockHeld } from "../../../environment/database/lock-wait.js"
import { testDatabases } from "../../databases.js"

const databases = testDatabases()
const FAR_MS = 60_000

interface Taking {
  readonly who?: string
  readonly waitMs?: number
  readonly say?: (line: string) => void
  readonly signal?: AbortSignal
}

async function taken(url: string, taking: Taking = {}): Promise<Lock> {
  const { who = "the second", waitMs = 0, say = () => undefined, signal } = taking
  const holder = { who, host: "laptop" }
  const lock = await takeLock(url, { holder, waitMs, say, signal: signal ?? new AbortController().signal })
  onTestFinished(() => lock.release())
  return lock
}

/** Another process that holds the lock; returns how it is killed. */
async function otherHolder(url: string) {
  const script = fileURLToPath(new URL("hold-lock.ts", import.meta.url))
  const child = execa(process.execPath, ["--import", "tsx", script], {
    env: { DATABASE_URL: url },
    reject: false,
  })
  onTestFinished(async () => {
    child.kill("SIGKILL")
    await child
  })
  await Promise.race([
    once(child.stdout, "data"),
    child.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ])
  return () => child.kill("SIGKILL")
}

/** A lock whose connection somebody has ended, once its holder has learnt that. */
async function lostLock(url: string): Promise<Lock> {
  const lock = await taken(url)
  const lost = once(lock.lost, "abort")
  const client = await databases.connect(url)
  await client.query("SELECT pg_terminate_backend(pid) FROM delivery.lock")
  await lost
  return lock
}

test("a second is refused at once, by name, step and deployment", async () => {
  const url = await databases.fresh()
  await otherHolder(url)
  const refused = taken(url)
  await expect(refused).rejects.toThrow(LockHeld)
  await expect(refused).rejects.toThrow(
    /held by the first on build-7, for \d+ s, deployment 1, at step migrate/,
  )
})

test("it dies with its holder, whose deployment is abandoned", async () => {
  const url = await databases.fresh()
  const kill = await otherHolder(url)
  const said: string[] = []
  const second = taken(url, { waitMs: FAR_MS, say: (line) => said.push(line) })
  while (said.length === 0) await sleep(50)
  expect(said).toEqual([expect.stringMatching(/held by the first on build-7, for \d+ s/)])
  kill()
  const { client, abandoned } = await second
  expect(abandoned).toEqual([1])
  expect(await deployments(client, 9)).toMatchObject([{ id: 1, outcome: "abandoned", failedStep: "migrate" }])
})

test("of many that take it at once one gets it, and each of the others when it is released", async () => {
  const url = await databases.fresh()
  let holders = 0
  const work = async () => {
    const lock = await taken(url, { waitMs: FAR_MS })
    expect(++holders).toBe(1)
    await lock.step("check")
    holders--
    await lock.release()
  }
  await Promise.all(Array.from({ length: 5 }, work))
})

test("who waits is not put off by a database that is renamed for a moment", async () => {
  const url = await databases.fresh()
  const first = await taken(url, { who: "the first" })
  const waiting = taken(url, { waitMs: FAR_MS })
  await first.beside(async () => {
    const name = new URL(url).pathname.slice(1)
    const elsewhere = await databases.connect(Object.assign(new URL(url), { pathname: "/postgres" }).href)
    const end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1"
    const renamed = async (from: string, to: string) => {
      for (let isDone = false; !isDone;) {
        await elsewhere.query(end, [from])
        const renaming = elsewhere.query(`ALTER DATABASE ${from} RENAME TO ${to}`)
        isDone = await renaming.then(
          () => true,
          () => false,
        )
      }
    }
    await renamed(name, `${name}_away`)
    await sleep(1_000)
    await renamed(`${name}_away`, name)
  })
  await first.release()
  expect((await waiting).lost.aborted).toBe(false)
})

test("who waits is told when the wait has been long enough", async () => {
  const url = await databases.fresh()
  await taken(url, { who: "the first" })
  await expect(taken(url, { waitMs: 300 })).rejects.toThrow(
    /free within 0.3 s, but it is held by the first on laptop/,
  )
})

test("waiting ends with the signal's own reason", async () => {
  const url = await databases.fresh()
  await taken(url)
  const controller = new AbortController()
  const waiting = taken(url, {
    waitMs: FAR_MS,
    signal: controller.signal,
    say: () => controller.abort(new Error("enough")),
  })
  await expect(waiting).rejects.toThrow("enough")
})

test("its holder learns that the connection is lost, and the next one gets it", async () => {
  const url = await databases.fresh()
  const lock = await lostLock(url)
  expect(lock.lost.reason).toBeInstanceOf(LockLost)
  await lock.release()
  await taken(url, { waitMs: FAR_MS })
})

test("to release it, twice at that, is no loss, and leaves no words behind", async () => {
  const url = await databases.fresh()
  const lock = await taken(url)
  await lock.release()
  await lock.release()
  expect(lock.lost.aborted).toBe(false)
  const client = await databases.connect(url)
  expect((await client.query("SELECT * FROM delivery.lock")).rows).toEqual([])
})

test("words that a copied database brings along are not believed", async () => {
  const url = await databases.fresh()
  await (await taken(url)).release()
  const client = await databases.connect(url)
  await client.query("INSERT INTO delivery.lock (pid, who, host) VALUES (1, 'nobody', 'nowhere')")
  const second = await taken(url)
  await expect(taken(url)).rejects.toThrow(/held by the second on laptop/)
  await second.release()
})

test("a database that can't be reached is named without its password", async () => {
  const url = Object.assign(new URL(await databases.fresh()), { password: "wrong-and-secret" }).href
  const refused = taken(url)
  await expect(refused).rejects.toThrow(/expected 127.0.0.1:\d+ to accept the role "postgres"/)
  await expect(refused).rejects.not.toThrow("wrong-and-secret")
})

test("who waits does not get what its holder leaves for a moment alone", async () => {
  const url = await databases.fresh()
  const lock = await taken(url, { who: "the first" })
  const second = taken(url, { waitMs: FAR_MS })
  await lock.beside(() => sleep(1_500))
  expect(lock.lost.aborted).toBe(false)
  await expect(taken(url)).rejects.toThrow(/held by the first/)
  await lock.release()
  await second
})

test("who waits is not put off by sessions that are ended", async () => {
  const url = await databases.fresh()
  await taken(url, { who: "the first" })
  const client = await databases.connect(url)
  const second = taken(url, { waitMs: FAR_MS })
  for (let times = 0; times < 20; times++) {
    await sleep(50)
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), (SELECT pid FROM delivery.lock))`)
  }
  await client.query("SELECT pg_terminate_backend(pid) FROM delivery.lock")
  await second
})

test("a session that is ended before anybody watches it ends no process", async () => {
  const url = await databases.fresh()
  const session = await connected(url)
  const { rows } = await session.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")
  const other = await databases.connect(url)
  await other.query("SELECT pg_terminate_backend($1, 5000)", [rows[0]?.pid])
  await expect.poll(() => session.query("SELECT 1").then(() => "answered", String)).toContain("not queryable")
  await session.end()
})

test("a lock that is given back while something is done beside it is not taken again", async () => {
  const url = await databases.fresh()
  const lock = await taken(url)
  await lock.beside(() => lock.release())
  await taken(url)
})

test("nothing is done beside a lock that is lost", async () => {
  const url = await databases.fresh()
  const lock = await lostLock(url)
  const done: string[] = []
  await expect(lock.beside(() => Promise.resolve(done.push("swapped")))).rejects.toThrow(LockLost)
  expect(done).toEqual([])
})
