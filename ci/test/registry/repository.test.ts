import { expect, test } from "vitest"
import { putBlob } from "../../registry/blobs.js"
import { digestOf, jsonBytes } from "../../registry/descriptor.js"
import { digestAt, manifest, putManifest } from "../../registry/manifests.js"
import { playedRegistry, type Reply } from "./played-registry.js"

const BYTES = jsonBytes({ schemaVersion: 2 })
const DIGEST = digestOf(BYTES)
const TYPE = "application/vnd.oci.image.index.v1+json"
const THERE: Reply = { status: 200, headers: { "content-type": TYPE }, body: Buffer.from(BYTES) }

/** One reply after the other; the last one again and again. */
function inTurn(...replies: readonly [Reply, ...Reply[]]) {
  let turn = 0
  return () => replies[Math.min(turn++, replies.length - 1)] ?? replies[0]
}

test.each([500, 503, 408])("a passing %s is asked again", async (status) => {
  const { anonymous, asked } = await playedRegistry(inTurn({ status }, THERE))
  expect(await manifest(anonymous, "v1")).toEqual({ mediaType: TYPE, bytes: BYTES, digest: DIGEST })
  expect(asked).toHaveLength(2)
})

test("a 429 is asked again after the pause that it asks for", async () => {
  const { anonymous } = await playedRegistry(inTurn({ status: 429, headers: { "retry-after": "1" } }, THERE))
  const start = performance.now()
  await manifest(anonymous, "v1")
  // The pause without it would be half of that.
  expect(performance.now() - start).toBeGreaterThan(950)
})

test("a 400 is not asked again, and is told with what the registry says", async () => {
  const errors = [{ code: "TAG_INVALID", message: "manifest tag did not match URI" }]
  const { anonymous, asked, host } = await playedRegistry(
    inTurn({ status: 400, body: JSON.stringify({ errors }) }),
  )
  await expect(manifest(anonymous, "v1")).rejects.toThrow(
    `${host}/team: GET manifests/v1: expected 200 or 404, received 400 (TAG_INVALID manifest tag did not match URI)`,
  )
  expect(asked).toHaveLength(1)
})

test("what is not there is undefined", async () => {
  const { anonymous } = await playedRegistry(inTurn({ status: 404 }))
  expect([await manifest(anonymous, "v1"), await digestAt(anonymous, "v1")]).toEqual([undefined, undefined])
})

test("bytes that are not those of the digest are refused", async () => {
  const other = `sha256:${"a1".repeat(32)}`
  const { anonymous } = await playedRegistry(inTurn(THERE))
  const expected = `expected ${other}, received bytes of ${DIGEST}`
  await expect(manifest(anonymous, other)).rejects.toThrow(expected)
  const named = await playedRegistry(inTurn({ ...THERE, headers: { "docker-content-digest": other } }))
  await expect(manifest(named.anonymous, "v1")).rejects.toThrow(expected)
})

test("a registry that names no digest in a HEAD is asked for the manifest", async () => {
  const { anonymous, asked } = await playedRegistry(inTurn({ status: 200 }, THERE))
  expect(await digestAt(anonymous, "v1")).toBe(DIGEST)
  expect(asked.map(({ line }) => line.split(" ")[0])).toEqual(["HEAD", "GET"])
})

test("a manifest is put as it is, under a tag or its digest", async () => {
  const { anonymous, asked } = await playedRegistry(inTurn({ status: 201 }))
  const given = { mediaType: TYPE, bytes: BYTES, digest: DIGEST }
  expect(await putManifest(anonymous, given, "v1")).toEqual({ knowsReferrers: false })
  await putManifest(anonymous, given)
  const body = Buffer.from(BYTES).toString()
  expect(asked).toMatchObject([
    { line: "PUT /v2/team/image/manifests/v1", body },
    { line: `PUT /v2/team/image/manifests/${DIGEST}`, body },
  ])
})

test.each(["relative", "absolute", "with a query"])(
  "a blob goes where the registry says, %s",
  async (kind) => {
    const path = `/v2/team/image/blobs/uploads/1${kind === "with a query" ? "?_state=x" : ""}`
    const { anonymous, asked } = await playedRegistry(({ line }, origin) => {
      if (line.startsWith("HEAD")) return { status: 404 }
      const location = kind === "absolute" ? `${origin}${path}` : path
      return line.startsWith("POST") ? { status: 202, headers: { location } } : { status: 201 }
    })
    await putBlob(anonymous, BYTES)
    const end = `${path.includes("?") ? "&" : "?"}digest=${DIGEST}`
    expect(asked.map(({ line }) => line)).toEqual([
      `HEAD /v2/team/image/blobs/${DIGEST}`,
      "POST /v2/team/image/blobs/uploads/",
      `PUT ${path}${end}`,
    ])
  },
)

test("an upload that breaks off is begun anew", async () => {
  const put = inTurn({ status: 502 }, { status: 201 })
  const { anonymous, asked } = await playedRegistry(({ line }) => {
    if (line.startsWith("HEAD")) return { status: 404 }
    return line.startsWith("POST") ? { status: 202, headers: { location: "/v2/here" } } : put()
  })
  await putBlob(anonymous, BYTES)
  expect(asked.map(({ line }) => line.split(" ")[0])).toEqual(["HEAD", "POST", "PUT", "POST", "PUT"])
})

test("a blob that is there is not uploaded", async () => {
  const { anonymous, asked } = await playedRegistry(inTurn({ status: 200 }))
  await putBlob(anonymous, BYTES)
  expect(asked).toHaveLength(1)
})
