import { z } from "zod"
import { putArtifact } from "../registry/artifact.js"
import { blob } from "../registry/blobs.js"
import { Descriptor, jsonBytes, type Bytes } from "../registry/descriptor.js"
import { digestAt, manifest } from "../registry/manifests.js"
import { ReleaseFailure } from "./failure.js"
import { IMAGE_NAMES, type ImageRepositories } from "./images.js"
import { ReleaseRecord } from "./record.js"

const TYPE = "application/vnd.autonomous-coding-agent.release.v1+json"
const Artifact = z.looseObject({ artifactType: z.literal(TYPE), layers: z.tuple([Descriptor]) })

/** The tag of a release record: by commit, and by version once it has one. */
export const recordTag = (name: string) => `release-${name}`

/**
 * The release record of a commit; `undefined` when it was never published.
 * @throws ReleaseFailure when what is there is no record of the commit, or its images are gone
 */
export async function findRecord(
  images: ImageRepositories,
  commit: string,
): Promise<ReleaseRecord | undefined> {
  const tag = recordTag(commit)
  const found = await manifest(images.server, tag)
  if (!found) return undefined
  const where = `${images.server.reference}:${tag}`
  const artifact = parsed(Artifact, found.bytes, where)
  const record = parsed(ReleaseRecord, await blob(images.server, artifact.layers[0].digest), where)
  if (record.commit !== commit)
    throw new ReleaseFailure(`${where}: expected a record of ${commit}, found one of ${record.commit}`)
  await checkImages(images, record)
  return record
}

/**
 * Stores the release record of a commit, once: where there is one already, it stays and is returned.
 * A registry can't refuse the second of two writers at the same moment; so what is returned was read back.
 * @throws ReleaseFailure as `findRecord` does
 */
export async function storeRecord(images: ImageRepositories, record: ReleaseRecord): Promise<ReleaseRecord> {
  const earlier = await findRecord(images, record.commit)
  if (earlier) return earlier
  const document = jsonBytes(ReleaseRecord.parse(record))
  await putArtifact(images.server, { type: TYPE, document }, recordTag(record.commit))
  const stored = await findRecord(images, record.commit)
  if (stored) return stored
  throw new ReleaseFailure(
    `${images.server.reference}: expected the record that was just stored, found none; publish again`,
  )
}

function parsed<Shape extends z.ZodType>(shape: Shape, bytes: Bytes, where: string): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(Buffer.from(bytes).toString()))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    const advice = "remove that tag and publish again"
    throw new ReleaseFailure(
      `${where}: expected a release record, found something else: ${reason}; ${advice}`,
    )
  }
}

async function checkImages(images: ImageRepositories, record: ReleaseRecord): Promise<void> {
  for (const name of IMAGE_NAMES) {
    const { digest } = record.images[name]
    if (await digestAt(images[name], digest)) continue
    const expected = `expected ${images[name].reference}@${digest}, which the record of ${record.commit} names`
    const advice = `remove the tag ${recordTag(record.commit)} and publish again`
    throw new ReleaseFailure(`${expected}; it is gone; ${advice}`)
  }
}
