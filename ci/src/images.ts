import { dag, type Container, type Platform } from "@dagger.io/dagger"
import { project } from "../pipeline/project.js"
import type { Sources } from "./trees.js"

/** What an image is built for and from. */
export interface Build {
  readonly name: keyof typeof project.images
  /** Carried as `org.opencontainers.image.revision`; `unknown` where nobody says. */
  readonly commit: string
  /** Carried as `org.opencontainers.image.source`; empty where nobody says. */
  readonly source: string
  /** The engine's own when not said. */
  readonly platform?: string
}

/** An image from its Dockerfile, which takes the root of the repository as context. */
export function image({ application }: Sources, { name, commit, source, platform }: Build): Container {
  const { dockerfile } = project.images[name]
  const include = ["package.json", "package-lock.json", ".npmrc", "tsconfig.base.json", `${name}/**`]
  return application.filter({ include }).dockerBuild({
    dockerfile,
    buildArgs: [
      { name: "COMMIT", value: commit },
      { name: "SOURCE", value: source },
    ],
    ...(platform && { platform: platform as Platform }),
  })
}

/** The same image for several platforms, separated by commas; one, for the engine's own, when none is named. */
export function variants(sources: Sources, build: Build): Container[] {
  const platforms = build.platform?.split(",").filter(Boolean) ?? []
  if (platforms.length === 0) return [image(sources, build)]
  return platforms.map((platform) => image(sources, { ...build, platform }))
}

/** Debian's packages of an image, a line each: name, version and architecture. */
export function packages(container: Container) {
  const format = "${Package}\\t${Version}\\t${Architecture}\\n"
  return dag
    .container()
    .withRootfs(container.rootfs())
    .withExec(["dpkg-query", "-W", "-f", format], { redirectStdout: "/tmp/packages.tsv" })
    .file("/tmp/packages.tsv")
}
