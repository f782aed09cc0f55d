import { project } from "../pipeline/project.js"

/** The images that can be built. */
export type ImageName = keyof typeof project.images

/** What an image is built for and from. */
export interface ImageBuild {
  readonly name: ImageName
  /** Names the image and is carried by it; `unknown` where nobody says. */
  readonly commit: string
  /** Where the code can be read, an https URL; empty where nobody says. */
  readonly source: string
  /** Such as `linux/arm64`; the daemon's own when not said. */
  readonly platform?: string | undefined
}

/** How an image is called on this machine: `agent-backend:<commit>`. */
export function imageTag({ name, commit }: Pick<ImageBuild, "name" | "commit">): string {
  return `${project.images[name].name}:${commit}`
}

/** Arguments of docker that build an image; the root of the repository is the context. */
export function buildArguments(build: ImageBuild): string[] {
  return [
    ...["build", "--file", project.images[build.name].dockerfile],
    ...["--build-arg", `COMMIT=${build.commit}`, "--build-arg", `SOURCE=${build.source}`],
    ...(build.platform === undefined ? [] : ["--platform", build.platform]),
    ...["--tag", imageTag(build), "."],
  ]
}

/** Arguments of docker that answer with an image's size in bytes. */
export function sizeArguments(tag: string): string[] {
  return ["image", "inspect", "--format", "{{.Size}}", tag]
}
