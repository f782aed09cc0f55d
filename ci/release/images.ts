import type { ImageName } from "../images/build-command.js"
import { project } from "../pipeline/project.js"
import type { Login } from "../registry/login.js"
import { RegistryFailure } from "../registry/failure.js"
import { digestAt, manifest, putManifest } from "../registry/manifests.js"
import { repository, type Repository } from "../registry/repository.js"

/** The images that are published. */
export const IMAGE_NAMES = ["server", "client"] as const satisfies readonly ImageName[]

/** Where the images are. The release record is beside the server's. */
export type ImageRepositories = Readonly<Record<ImageName, Repository>>

/** The repositories of the images in a registry. */
export function imageRepositories(login: Login): ImageRepositories {
  const { server, client } = project.images
  return { server: repository(login, server.name), client: repository(login, client.name) }
}

/**
 * Lets a tag stand for what a digest or another tag stands for, byte by byte. One that does already is left alone.
 * @throws RegistryFailure when there is nothing to tag
 */
export async function addTag(images: Repository, source: string, tag: string): Promise<void> {
  const found = await manifest(images, source)
  if (!found) throw new RegistryFailure(`${images.reference}: expected ${source} to be there, found nothing`)
  if ((await digestAt(images, tag)) !== found.digest) await putManifest(images, found, tag)
}
