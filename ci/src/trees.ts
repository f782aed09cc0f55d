import { dag, type Container, type Directory } from "@dagger.io/dagger"
import { project } from "../pipeline/project.js"
import type { Reads } from "../pipeline/stage.js"

/** What a call was given of the checkout. */
export interface Sources {
  /** The platform without its pipeline. */
  readonly application: Directory
  /** Every file. */
  readonly tree: Directory
  /** What git knows of the commits; only for what reads it. */
  readonly history?: Directory
}

const FOLDER = "/app"
const GENERATED = "server/src/generated"
const MANIFESTS = [
  "package.json",
  "package-lock.json",
  ".npmrc",
  "server/package.json",
  "client/package.json",
]
const SHARED = ["tsconfig.base.json", ".env.example"]
const GENERATES = ["server/prisma/**", "server/prisma.config.ts", "server/migrate/**", "tsconfig.base.json"]
const INSTALL = "apt-get update -qq && apt-get install -qq --yes --no-install-recommends"

/** A container with the dependencies and what a stage reads, so that an edit of anything else leaves its layers cached. */
export function workspace(sources: Sources, reads: Reads): Container {
  const read = readBy(sources, reads)
  if (reads === "client") return dependencies(sources).withDirectory(".", read)
  if (reads === "history") return withPackages(sources, ["git"]).withDirectory(".", read)
  return dependencies(sources).withDirectory(".", read).withDirectory(GENERATED, generated(sources))
}

/** The files that a stage reads. */
export function readBy({ application, tree, history }: Sources, reads: Reads): Directory {
  switch (reads) {
    case "server":
    case "client":
      return application.filter({ include: [`${reads}/**`, ...SHARED] })
    case "tree":
      return tree
    case "history":
      return history ? tree.withDirectory(".", history) : tree
  }
}

/** Prisma's client, made from nothing but what it is made from. */
export function generated(sources: Sources): Directory {
  return dependencies(sources)
    .withDirectory(".", sources.application.filter({ include: GENERATES }))
    .withExec(["npm", "run", "--silent", "generate"])
    .directory(GENERATED)
}

/** Manifests before sources: an edit of a source leaves the install cached. */
function dependencies({ application }: Sources): Container {
  return node()
    .withMountedCache("/root/.npm", dag.cacheVolume("npm"))
    .withDirectory(".", application.filter({ include: MANIFESTS }))
    .withExec(["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"])
}

/** The whole tree with packages of Debian's, for a program that is told that it is in a container. */
export function inContainer(sources: Sources, packages: readonly string[]): Container {
  return withPackages(sources, packages)
    .withDirectory(".", sources.tree)
    .withEnvVariable("DELIVERY_EXECUTOR", "dagger")
}

/** Debian's packages. The dependencies are mounted rather than made again, and nothing else waits for the packages. */
function withPackages(sources: Sources, packages: readonly string[]): Container {
  const modules = dependencies(sources).directory(`${FOLDER}/node_modules`)
  return node()
    .withExec(["sh", "-c", [INSTALL, ...packages].join(" ")])
    .withMountedDirectory("node_modules", modules)
}

function node(): Container {
  return dag
    .container()
    .from(project.bases.node)
    .withWorkdir(FOLDER)
    .withEnvVariable("CI", "true")
    .withEnvVariable("NO_COLOR", "1")
}
