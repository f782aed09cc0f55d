import type { Container, File, Secret } from "@dagger.io/dagger"
import { project } from "../pipeline/project.js"
import { registryAddress } from "../registry/address.js"
import { retried } from "../retry.js"
import { packages, variants } from "./images.js"
import { workspace, type Sources } from "./trees.js"
import { uncached } from "./uncached.js"

/** What is published where, and by whom. */
export interface Publication {
  readonly commit: string
  /** Where the code can be read; empty where nobody says. */
  readonly source: string
  /** `host[:port][/namespace]`, with `http://` in front where there is no TLS. */
  readonly address: string
  readonly user: string
  readonly password: Secret | undefined
  /** Separated by commas; empty for the engine's own. */
  readonly platform: string
  /** When not empty nothing is built: the tag is added to what the commit's record has. */
  readonly releaseTag: string
}

const PACKAGES = "/packages"
/** A refusal stays one however often it is asked. */
const isPassing = (error: unknown) => !/unauthorized|denied|forbidden|40[0-4]|invalid/i.test(String(error))

/**
 * Publishes the images and the release record of a commit, or adds a release's tag to them.
 * @returns the record, as JSON
 * @throws when the registry refuses, and for a release tag without a record
 */
export async function published(sources: Sources, publication: Publication): Promise<string> {
  const release = programme(sources, publication)
  const ask = (...words: string[]) => uncached(release).withExec(command(publication, words)).stdout()
  if (publication.releaseTag !== "") return ask("promote", "--release-tag", publication.releaseTag)
  const known = await ask("find")
  return known.trim() === "" ? recorded(sources, publication) : known
}

async function recorded(sources: Sources, publication: Publication): Promise<string> {
  const [server, client] = await Promise.all([
    pushed("server", sources, publication),
    pushed("client", sources, publication),
  ])
  const references = ["--server-image", server.reference, "--client-image", client.reference]
  const release = programme(sources, publication)
    .withFile(`${PACKAGES}/server.tsv`, server.packages)
    .withFile(`${PACKAGES}/client.tsv`, client.packages)
  return uncached(release)
    .withExec(command(publication, ["record", ...references, "--packages", PACKAGES]))
    .stdout()
}

interface Pushed {
  /** `address/name@sha256:…` */
  readonly reference: string
  readonly packages: File
}

async function pushed(
  name: keyof typeof project.images,
  sources: Sources,
  publication: Publication,
): Promise<Pushed> {
  const [first, ...others] = variants(sources, { name, ...publication })
  if (!first) throw new Error("expected a platform to build for, received none")
  const { prefix } = registryAddress(publication.address)
  const reference = `${prefix}/${project.images[name].name}:${publication.commit}`
  const publisher = withAuth(first, publication)
  const publish = () => publisher.publish(reference, { platformVariants: others })
  const whole = await retried(publish, { attempts: 4, pauseMs: 2_000, isPassing })
  return { reference: whole.replace(/:[^:@/]+@/, "@"), packages: packages(first) }
}

function withAuth(container: Container, { address, user, password }: Publication): Container {
  return password ? container.withRegistryAuth(registryAddress(address).host, user, password) : container
}

/** Where the registry's own part is done: the same program that the host runs. */
function programme(sources: Sources, { password }: Publication): Container {
  const container = workspace(sources, "tree")
  return password ? container.withSecretVariable("REGISTRY_PASSWORD", password) : container
}

function command({ address, user, commit }: Publication, [verb = "", ...words]: readonly string[]): string[] {
  const where = ["--registry-address", address, "--commit-sha", commit]
  const who = user === "" ? [] : ["--registry-user", user]
  return ["npm", "run", "--silent", "release", "--", verb, ...where, ...who, ...words]
}
