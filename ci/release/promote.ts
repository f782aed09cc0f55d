import { digestAt } from "../registry/manifests.js"
import type { Repository } from "../registry/repository.js"
import { ReleaseFailure } from "./failure.js"
import { addTag, type ImageRepositories } from "./images.js"
import type { ReleaseRecord } from "./record.js"
import { findRecord, recordTag } from "./store.js"

/** A tag, and what it is to stand for. */
interface Step {
  readonly repository: Repository
  readonly digest: string
  readonly tag: string
}

/**
 * Gives what was published of a commit a version: the images and the record get the tag, nothing is built or changed.
 * @param version such as `v1.2.3`
 * @throws ReleaseFailure when the commit was not published, or the tag stands for something else; then nothing is tagged
 */
export async function promote(
  images: ImageRepositories,
  commit: string,
  version: string,
): Promise<ReleaseRecord> {
  const record = await findRecord(images, commit)
  if (!record) throw unpublished(images, commit)
  const plan = steps(images, record, { version, record: await digestAt(images.server, recordTag(commit)) })
  for (const step of plan) await refuseToMove(step)
  for (const { repository, digest, tag } of plan) await addTag(repository, digest, tag)
  return record
}

function steps(
  { server, client }: ImageRepositories,
  { images }: ReleaseRecord,
  { version, record = "" }: { version: string; record: string | undefined },
): Step[] {
  return [
    { repository: server, digest: images.server.digest, tag: version },
    { repository: client, digest: images.client.digest, tag: version },
    { repository: server, digest: record, tag: recordTag(version) },
  ]
}

async function refuseToMove({ repository, digest, tag }: Step): Promise<void> {
  const present = await digestAt(repository, tag)
  if (present === undefined || present === digest) return
  const where = `${repository.reference}:${tag}`
  throw new ReleaseFailure(
    `expected ${where} to be free or ${digest}, found ${present}; a version is never moved: choose a new one`,
  )
}

function unpublished({ server }: ImageRepositories, commit: string): ReleaseFailure {
  const expected = `expected a release record of commit ${commit} in ${server.reference}, found none`
  return new ReleaseFailure(
    `${expected}; publish that commit first: git checkout ${commit} && npm run ci -- publish --registry-address …`,
  )
}
