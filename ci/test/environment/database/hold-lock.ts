import { takeLock } from "../../../environment/database/lock.js"
import { beginDeployment } from "../../../environment/database/deployments.js"
import { claim } from "../../../environment/database/environment.js"
import { RELEASE } from "./release.js"

/** A program of its own that holds the lock of the database in DATABASE_URL, says so, and goes on until it is killed. */
const holder = { who: "the first", host: "build-7" }
const { signal } = new AbortController()
const lock = await takeLock(process.env["DATABASE_URL"] ?? "", {
  holder,
  waitMs: 0,
  say: console.error,
  signal,
})
await claim(lock.client, "staging")
await beginDeployment(lock.client, { ...holder, kind: "deploy", release: RELEASE, version: "v1.0.0" })
await lock.step("migrate")
console.log("held")
setInterval(() => undefined, 1000)
