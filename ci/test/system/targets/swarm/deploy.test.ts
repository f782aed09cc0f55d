import { describe, expect, test } from "vitest"
import { docker } from "../../docker/docker.js"
import { deployed, environment, KEY, migrated, ready, seen, targetOf } from "./environment.js"
import { ground } from "./ground.js"
import { steadyLoad } from "./load.js"
import { LAST_WORDS } from "./releases.js"
import { patience } from "./settings.js"

const on = ground()

describe("the target swarm", () => {
  test("starts a release, asks it past the front, switches to it, and finds it again", async () => {
    const { target, settings } = await environment(await on.database.url())
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
  })

  test("loses no request while releases come and go", async () => {
    const { target } = await environment(await on.database.url(), { SERVER_REPLICAS: "2" })
    await migrated(target, on.release.good)
    await deployed(target, on.release.good, "v1")
    const stop = steadyLoad(target.publicUrl)
    for (const version of ["v2", "v3"]) {
      await deployed(target, on.release.good, version)
      expect(await seen(target)).toBe(version)
    }
    const taken = await ready(target, on.release.good, "v4")
    const switched = await target.switchTo(taken, patience())
    expect(await seen(target)).toBe("v4")
    await switched.back()
    await target.remove(taken.colour, patience(40))
    const { answered, failures } = await stop()
    console.log(`${answered} requests were answered over three deploys`)
    expect(failures).toEqual([])
    expect(answered).toBeGreaterThan(1000)
    expect(await seen(target)).toBe("v3")
  })

  test("tells why a release that ends at its start can't become ready", async () => {
    const { target } = await environment(await on.database.url())
    const instance = await target.start({ release: on.release.crashing, version: "v1" }, patience())
    let fault: string | undefined
    for (const signal = patience(); fault === undefined && !signal.aborted;)
      fault = await target.fault(instance)
    expect(fault).toContain("the server of blue: failed: task: non-zero exit (9)")
    expect(fault).toContain(LAST_WORDS)
    await target.remove("blue", patience(40))
    expect(await target.serving()).toBeUndefined()
  })

  test("leaves nothing of a colour that is removed", async () => {
    const { target, settings } = await environment(await on.database.url())
    await migrated(target, on.release.good)
    await ready(target, on.release.good, "v1")
    await target.remove("blue", patience(40))
    await target.remove("green", patience(40))
    const label = `label=delivery.stack=${settings.STACK}`
    const left = async (...kind: string[]) =>
      (await docker([...kind, "ls", "--filter", label, "--format", "{{.Name}}"])).stdout
    expect(await left("service")).toBe(`${settings.STACK}-front`)
    expect(await left("secret")).toBe("")
    const containers = await docker(["ps", "--all", "--format", "{{.Names}}"])
    expect(containers.stdout).not.toContain(`${settings.STACK}-server`)
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

  test("shows no secret where anybody looks", async () => {
    const { target, settings } = await environment(await on.database.url())
    await migrated(target, on.release.good)
    const instance = await deployed(target, on.release.good, "v1")
    const label = `label=delivery.stack=${settings.STACK}`
    const ids = (await docker(["service", "ls", "--quiet", "--filter", label])).stdout.split("\n")
    const containers = (await docker(["ps", "--quiet", "--filter", `name=${settings.STACK}`])).stdout.split(
      "\n",
    )
    const shown = await Promise.all([
      docker(["service", "inspect", ...ids]),
      docker(["inspect", ...containers]),
      docker(["secret", "ls", "--filter", label, "--format", "{{json .}}"]),
    ])
    const logs = await target.logs(instance)
    const everything = [...shown.map(({ stdout }) => stdout), ...logs].join("\n")
    expect(everything).toContain("run/secrets/settings")
    for (const secret of [KEY, on.database.password]) expect(everything).not.toContain(secret)
  })
})
