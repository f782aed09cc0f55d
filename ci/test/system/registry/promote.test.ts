import { describe, expect, test } from "vitest"
import { addTag } from "../../../release/images.js"
import { COMMIT, ground, OTHER_COMMIT, raw } from "./ground.js"
import { madeImage, madeIndex } from "./made-image.js"
import { withoutRegistry } from "./registry.js"

describe.skipIf(withoutRegistry !== undefined)("promote", () => {
  async function published() {
    const one = await ground()
    const server = (await madeImage(one.images.server, "server")).digest
    const client = await madeIndex(one.images.client, "client")
    const { stdout } = await one.record(server, client)
    const digestAt = async (path: string) => (await raw(one.host, path)).digest
    return { ...one, server, client, recorded: stdout, digestAt }
  }

  test("adds the version to the same digests and the record, twice with the same result", async () => {
    const { release, server, client, recorded, digestAt } = await published()
    for (let run = 0; run < 2; run++) {
      const { exitCode, stdout } = await release("promote", { "release-tag": "v1.2.3-rc.1" })
      expect([exitCode, stdout]).toEqual([0, recorded])
      expect(await digestAt("agent-backend/manifests/v1.2.3-rc.1")).toBe(server)
      expect(await digestAt("agent-frontend/manifests/v1.2.3-rc.1")).toBe(client)
      expect(await digestAt("agent-backend/manifests/release-v1.2.3-rc.1")).toBe(
        await digestAt(`agent-backend/manifests/release-${COMMIT}`),
      )
    }
  })

  test("never moves a version, and then tags nothing", async () => {
    const { release, images, digestAt, client, host } = await published()
    const other = (await madeImage(images.client, "another client")).digest
    await addTag(images.client, other, "v1.0.0")
    const { exitCode, stdout, stderr } = await release("promote", { "release-tag": "v1.0.0" })
    expect([exitCode, stdout]).toEqual([1, ""])
    expect(stderr).toBe(
      `error: expected ${host}/agent-frontend:v1.0.0 to be free or ${client}, found ${other}; a version is never moved: choose a new one`,
    )
    expect(await digestAt("agent-frontend/manifests/v1.0.0")).toBe(other)
    expect(await digestAt("agent-backend/manifests/v1.0.0")).toBeNull()
    expect(await digestAt("agent-backend/manifests/release-v1.0.0")).toBeNull()
  })

  test("never gives a version to a second commit", async () => {
    const { release, record, server, client } = await published()
    await release("promote", { "release-tag": "v1.0.0" })
    await record(server, client, { "commit-sha": OTHER_COMMIT })
    const { exitCode, stderr } = await release("promote", {
      "release-tag": "v1.0.0",
      "commit-sha": OTHER_COMMIT,
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain("/agent-backend:release-v1.0.0 to be free or")
  })

  test("of a commit that was not published says what to do", async () => {
    const { release, host } = await ground()
    const { exitCode, stdout, stderr } = await release("promote", { "release-tag": "v1.0.0" })
    expect([exitCode, stdout]).toEqual([1, ""])
    expect(stderr).toContain(
      `expected a release record of commit ${COMMIT} in ${host}/agent-backend, found none; publish that commit first`,
    )
  })
})
