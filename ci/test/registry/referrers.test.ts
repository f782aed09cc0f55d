import { expect, test } from "vitest"
import { digestOf, jsonBytes } from "../../registry/descriptor.js"
import { attach } from "../../registry/referrers.js"
import { playedRegistry, type Script } from "./played-registry.js"

const IMAGE = jsonBytes({ schemaVersion: 2 })
const DIGEST = digestOf(IMAGE)
const LIST = `/v2/team/image/manifests/${DIGEST.replace(":", "-")}`
const OTHER = {
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  digest: `sha256:${"a1".repeat(32)}`,
  size: 7,
  artifactType: "application/vnd.other",
}
const DOCUMENT = { type: "application/vnd.test+json", document: jsonBytes({ a: 1 }) }

/** Has the image, every blob, and a list with what somebody else attached. */
function having(headers: Record<string, string>): Script {
  return ({ line }) => {
    if (line.startsWith("HEAD")) return { status: 200 }
    if (line.startsWith("PUT")) return { status: 201, headers }
    return { status: 200, body: Buffer.from(line.endsWith(LIST) ? jsonBytes({ manifests: [OTHER] }) : IMAGE) }
  }
}

test("a registry that lists what refers to an image is left to do so", async () => {
  const { anonymous, asked } = await playedRegistry(having({ "oci-subject": DIGEST }))
  const attached = await attach(anonymous, DIGEST, DOCUMENT)
  const put = asked.filter(({ line }) => line.startsWith("PUT"))
  expect(put.map(({ line }) => line)).toEqual([`PUT /v2/team/image/manifests/${attached}`])
  expect(JSON.parse(put[0]?.body ?? "")).toMatchObject({
    artifactType: DOCUMENT.type,
    subject: { digest: DIGEST, size: IMAGE.length },
  })
})

test("elsewhere a tag lists it, beside what others attached", async () => {
  const { anonymous, asked } = await playedRegistry(having({}))
  const attached = await attach(anonymous, DIGEST, DOCUMENT)
  const list = asked.find(({ line }) => line === `PUT ${LIST}`)
  expect(JSON.parse(list?.body ?? "")).toMatchObject({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: [OTHER, { digest: attached, artifactType: DOCUMENT.type }],
  })
})

test("an image that is not there can be given nothing", async () => {
  const { anonymous } = await playedRegistry(() => ({ status: 404 }))
  await expect(attach(anonymous, DIGEST, DOCUMENT)).rejects.toThrow(
    `expected the image ${DIGEST}, found none`,
  )
})
