import { describe, expect, test } from "vitest"
import { addTag } from "../../../release/images.js"
import { ReleaseRecord } from "../../../release/record.js"
import { storeRecord } from "../../../release/store.js"
import { COMMIT, ground, OTHER_COMMIT, raw } from "./ground.js"
import { madeImage, madeIndex } from "./made-image.js"
import { withoutRegistry } from "./registry.js"

describe.skipIf(withoutRegistry !== undefined)("the release record", () => {
  test("is stored, found by commit, and the same when it is stored again", async () => {
    const { images, host, release, record } = await ground({ namespace: "/team" })
    const server = await madeImage(images.server, "server")
    const client = await madeImage(images.client, "client")
    expect(await release("find")).toMatchObject({ exitCode: 0, stdout: "", stderr: "" })

    const first = await record(server.digest, client.digest)
    expect(first).toMatchObject({ exitCode: 0, stderr: "" })
    const stored = await raw(host, `team/agent-backend/manifests/release-${COMMIT}`)
    const again = await record(server.digest, client.digest)
    expect(again.stdout).toBe(first.stdout)
    expect(await raw(host, `team/agent-backend/manifests/release-${COMMIT}`)).toEqual(stored)
    expect((await release("find")).stdout).toBe(first.stdout)

    const found = ReleaseRecord.parse(JSON.parse(first.stdout))
    expect(found).toMatchObject({
      commit: COMMIT,
      images: {
        server: { reference: `${host}/team/agent-backend@${server.digest}`, digest: server.digest },
        client: { reference: `${host}/team/agent-frontend@${client.digest}`, digest: client.digest },
      },
    })
    expect(found.migrations.map(({ name }) => name)).toContain("20261101000000_init")
    expect(found.tables?.["runs"]).toContain("workflow_id")
  })

  test("of a commit stays what it was first, and the commit's tag with it", async () => {
    const { images, host, record } = await ground()
    const [one, two] = [await madeImage(images.server, "one"), await madeImage(images.server, "two")]
    const client = await madeImage(images.client, "client")
    const first = await record(one.digest, client.digest)
    const second = await record(two.digest, client.digest)
    expect(second.stdout).toBe(first.stdout)
    expect((await raw(host, `agent-backend/manifests/${COMMIT}`)).digest).toBe(one.digest)
    expect((await raw(host, `agent-frontend/manifests/${COMMIT}`)).digest).toBe(client.digest)
  })

  test("has a bill of materials for each image, which the image's fallback tag lists once", async () => {
    const { images, host, record } = await ground()
    const server = await madeImage(images.server, "server")
    const client = await madeIndex(images.client, "client")
    const { stdout } = await record(server.digest, client)
    // As if the first run had ended before the record was stored.
    await record(server.digest, client, { "commit-sha": OTHER_COMMIT })
    const found = ReleaseRecord.parse(JSON.parse(stdout)).images
    const sboms = [
      ["agent-backend", server.digest, found.server.sbom, "pkg:npm/express@"],
      ["agent-frontend", client, found.client.sbom, "pkg:npm/react@"],
    ] as const
    for (const [name, digest, sbom, component] of sboms) {
      const list = await raw(host, `${name}/manifests/${digest.replace(":", "-")}`)
      const { manifests } = JSON.parse(list.text) as { manifests: unknown[] }
      expect(manifests).toMatchObject([{ digest: sbom, artifactType: "application/vnd.cyclonedx+json" }])
      expect(manifests).toHaveLength(1)
      const manifest = JSON.parse((await raw(host, `${name}/manifests/${sbom}`)).text) as {
        subject: { digest: string }
        layers: [{ digest: string }]
      }
      expect(manifest.subject.digest).toBe(digest)
      const document = (await raw(host, `${name}/blobs/${manifest.layers[0].digest}`)).text
      expect(document).toContain(component)
      expect(document).toContain("pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64")
    }
  })

  test("needs the images that it names", async () => {
    const { images, host, record, release } = await ground()
    const server = (await madeImage(images.server, "server")).digest
    const gone = `sha256:${"a1".repeat(32)}`
    const missing = await record(server, gone)
    expect(missing.exitCode).toBe(1)
    expect(missing.stderr).toBe(`error: ${host}/agent-frontend: expected the image ${gone}, found none`)

    const image = (digest: string, name: string) => ({
      reference: `${host}/${name}@${digest}`,
      digest,
      sbom: gone,
    })
    const both = { server: image(server, "agent-backend"), client: image(gone, "agent-frontend") }
    const stored = storeRecord(images, { schemaVersion: 1, commit: COMMIT, images: both, migrations: [] })
    await expect(stored).rejects.toThrow("it is gone")
    const found = await release("find")
    expect([found.exitCode, found.stdout]).toEqual([1, ""])
    expect(found.stderr).toContain(
      `error: expected ${host}/agent-frontend@${gone}, which the record of ${COMMIT} names; it is gone; remove the tag`,
    )
  })

  test("is not mistaken for something else under its tag", async () => {
    const { images, release, record } = await ground()
    const server = (await madeImage(images.server, "server")).digest
    await addTag(images.server, server, `release-${COMMIT}`)
    const other = await release("find")
    expect([other.exitCode, other.stdout]).toEqual([1, ""])
    expect(other.stderr).toContain("expected a release record, found something else")

    await record(server, (await madeImage(images.client, "client")).digest, { "commit-sha": OTHER_COMMIT })
    await addTag(images.server, `release-${OTHER_COMMIT}`, `release-${"e2".repeat(20)}`)
    const moved = await release("find", { "commit-sha": "e2".repeat(20) })
    expect(moved.stderr).toContain(`expected a record of ${"e2".repeat(20)}, found one of ${OTHER_COMMIT}`)
  })
})
