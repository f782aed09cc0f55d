import { describe, expect, test } from "vitest"
import type { Instance } from "../../../../targets/target.js"
import { docker } from "../../docker/docker.js"
import { ACCOUNT } from "../../registry/registry.js"
import {
  deployed,
  environment,
  KEY,
  migrated,
  ready,
  seen,
  targetOf,
  type Environment,
} from "./environment.js"
import { ground } from "./ground.js"
import { behindAccounts, LAST_WORDS } from "./releases.js"
import { patience } from "./settings.js"

const on = ground()

describe("the target swarm", () => {
  test("starts a release, asks it past the front, switches to it, finds it again, and shows no secret", async () => {
    const there = await environment(await on.database.url())
    const { target, settings } = there
    expect(await target.serving()).toBeUndefined()
    await migrated(target, on.release.good)
    const instance = await ready(target, on.release.good, "v1.0.0")
    expect(instance).toEqual({ colour: "blue", release: on.release.good, version: "v1.0.0" })
    const { status, body } = await target.ask(instance, "/version", patience())
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ commit: on.release.good.commit, version: "v1.0.0" })
    expect(await seen(target)).toBe("503")

    await (await target.switchTo(instance, patience())).confirm()
    expect(await seen(target)).toBe("v1.0.0")
    expect(await target.serving()).toEqual(instance)
    expect(await (await targetOf(settings)).target.serving()).toEqual(instance)
    expect((await target.logs(instance)).join("\n")).toContain("listening")
    await expect(target.remove("blue", patience())).rejects.toThrow("switch to the other one first")
    const everything = await everythingShown(there, instance)
    expect(everything).toContain("run/secrets/settings")
    for (const secret of [KEY, on.database.password]) expect(everything).not.toContain(secret)
  })

  test("tells why a release that ends at its start can't become ready, and leaves nothing of it", async () => {
    const { target, settings } = await environment(await on.database.url())
    const instance = await target.start({ release: on.release.crashing, version: "v1" }, patience())
    let fault: string | undefined
    for (const signal = patience(); fault === undefined && !signal.aborted;)
      fault = await target.fault(instance)
    expect(fault).toContain("the server of blue: failed: task: non-zero exit (9)")
    expect(fault).toContain(LAST_WORDS)
    await target.remove("blue", patience(40))
    await target.remove("green", patience(40))
    expect(await target.serving()).toBeUndefined()
    const label = `label=delivery.stack=${settings.STACK}`
    const left = async (...kind: string[]) =>
      (await docker([...kind, "ls", "--filter", label, "--format", "{{.Name}}"])).stdout
    expect(await left("service")).toBe(`${settings.STACK}-front`)
    expect(await left("secret")).toBe("")
    const containers = await docker(["ps", "--all", "--format", "{{.Names}}"])
    expect(containers.stdout).not.toContain(`${settings.STACK}-server`)
  })

  test("pulls from a registry with accounts as who it was told, and can't as anybody", async () => {
    const release = await behindAccounts(on.release.good)
    const login = { REGISTRY_USER: ACCOUNT.user, REGISTRY_PASSWORD: ACCOUNT.password }
    const { target } = await environment(await on.database.url(), login)
    await migrated(target, release)
    expect(await ready(target, release, "v1.0.0")).toMatchObject({ colour: "blue", release })

    const unseen = await behindAccounts(on.release.good)
    const { target: anybody } = await environment(await on.database.url())
    await expect(migrated(anybody, unseen)).rejects.toThrow(/No such image|expected .* to be started/)
  })

  test("keeps two environments of one swarm apart", async () => {
    const one = await environment(await on.database.url())
    const other = await environment(await on.database.url())
    for (const { target } of [one, other]) await migrated(target, on.release.good)
    await deployed(one.target, on.release.good, "one")
    await deployed(other.target, on.release.good, "other")
    expect([await seen(one.target), await seen(other.target)]).toEqual(["one", "other"])
    await deployed(one.target, on.release.good, "one again")
    expect([await seen(one.target), await seen(other.target)]).toEqual(["one again", "other"])
  })
})

/** What Docker and the logs say of an environment to whoever may look. */
async function everythingShown({ target, settings }: Environment, instance: Instance): Promise<string> {
  const label = `label=delivery.stack=${settings.STACK}`
  const services = await docker(["service", "ls", "--quiet", "--filter", label])
  const containers = await docker(["ps", "--quiet", "--filter", `name=${settings.STACK}`])
  const shown = await Promise.all([
    docker(["service", "inspect", ...services.stdout.split("\n")]),
    docker(["inspect", ...containers.stdout.split("\n")]),
    docker(["secret", "ls", "--filter", label, "--format", "{{json .}}"]),
  ])
  return [...shown.map(({ stdout }) => stdout), ...(await target.logs(instance))].join("\n")
}
