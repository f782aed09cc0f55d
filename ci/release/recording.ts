import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { ImageName } from "../images/build-command.js"
import { project } from "../pipeline/project.js"
import { attach } from "../registry/referrers.js"
import { debianPackages } from "./debian-packages.js"
import { addTag, IMAGE_NAMES, type ImageRepositories } from "./images.js"
import { migrationsIn } from "./migrations.js"
import { Lockfile, npmPackages } from "./npm-packages.js"
import type { ReleaseRecord } from "./record.js"
import { sbom, SBOM_TYPE } from "./sbom.js"
import { findRecord, storeRecord } from "./store.js"
import { tablesOf } from "./tables.js"

/** What was pushed of a commit. */
export interface Pushed {
  readonly commit: string
  readonly digests: Readonly<Record<ImageName, string>>
  /** A folder with `server.tsv` and `client.tsv`, in which are the images' Debian packages. */
  readonly packages: string
}

/**
 * Makes what was pushed a release: the images get their bills of materials, the record is stored, and the commit's tag
 * stands for what the record names. A commit that has a record keeps it.
 * @throws RegistryFailure, ReleaseFailure
 */
export async function recordRelease(images: ImageRepositories, pushed: Pushed): Promise<ReleaseRecord> {
  const earlier = await findRecord(images, pushed.commit)
  const record = earlier ?? (await storeRecord(images, await newRecord(images, pushed)))
  // Somebody who published at the same time and came second has moved it.
  for (const name of IMAGE_NAMES) await addTag(images[name], record.images[name].digest, record.commit)
  return record
}

async function newRecord(images: ImageRepositories, pushed: Pushed): Promise<ReleaseRecord> {
  const [server, client] = [await image(images, "server", pushed), await image(images, "client", pushed)]
  const migrations = await migrationsIn(project.migrations)
  const tables = tablesOf(await readFile(project.schema, "utf8"))
  return { schemaVersion: 1, commit: pushed.commit, images: { server, client }, migrations, tables }
}

async function image(images: ImageRepositories, name: ImageName, { digests, packages }: Pushed) {
  const repository = images[name]
  const digest = digests[name]
  const components = await componentsOf(name, join(packages, `${name}.tsv`))
  const document = sbom({ repository: repository.reference, digest }, components)
  const attached = await attach(repository, digest, { type: SBOM_TYPE, document })
  return { reference: `${repository.reference}@${digest}`, digest, sbom: attached }
}

async function componentsOf(name: ImageName, packages: string) {
  const lockfile = Lockfile.parse(JSON.parse(await readFile("package-lock.json", "utf8")))
  return [...npmPackages(lockfile, name), ...debianPackages(await readFile(packages, "utf8"))]
}
