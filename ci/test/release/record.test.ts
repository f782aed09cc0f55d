import { expect, test } from "vitest"
import { ReleaseRecord } from "../../release/record.js"

const DIGEST = `sha256:${"a1".repeat(32)}`
const image = { reference: `registry.test/agent-backend@${DIGEST}`, digest: DIGEST, sbom: DIGEST }
const RECORD = {
  schemaVersion: 1,
  commit: "c0".repeat(20),
  images: { server: image, client: image },
  migrations: [{ name: "20261101000000_init", checksum: "b2".repeat(32) }],
}

test("a record in another order is the same record, byte by byte", () => {
  const { schemaVersion, commit, images, migrations } = RECORD
  const other = { migrations, images, commit, schemaVersion }
  expect(JSON.stringify(ReleaseRecord.parse(other))).toBe(JSON.stringify(RECORD))
})

test.each<[string, object]>([
  ["a later version", { schemaVersion: 2 }],
  ["an abbreviated commit", { commit: "c0c0c0c" }],
  ["a time", { time: "2026-11-25T00:00:00Z" }],
  ["an image without digest", { images: { server: image, client: { ...image, digest: "sha256:a1" } } }],
  [
    "a reference with another digest",
    { images: { server: { ...image, digest: `sha256:${"b2".repeat(32)}` }, client: image } },
  ],
  ["no migrations", { migrations: undefined }],
])("%s makes it no record", (_, change) => {
  expect(ReleaseRecord.safeParse({ ...RECORD, ...change }).success).toBe(false)
})
