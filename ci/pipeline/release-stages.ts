import { project } from "./project.js"
import type { Stage } from "./stage.js"

/** What the docker command line reads of the caller's environment. */
const DOCKER = ["DOCKER_*"]

/** What makes a commit into images, and publishes them. */
export const RELEASE_STAGES: readonly Stage[] = [
  image("server"),
  image("client"),
  {
    name: "publish",
    summary: "both images and the release record, in a registry",
    runs: { script: "publish:images" },
    args: [
      "--registry-address={registryAddress}",
      "--registry-user={registryUser}",
      "--commit-sha={commit}",
      "--source-url={sourceUrl}",
      "--platform={platform}",
      "--release-tag={releaseTag}",
      "--result={resultFile}",
    ],
    inputs: ["REGISTRY_PASSWORD", ...DOCKER],
    timeoutSeconds: 1800,
    repeat: "npm run ci -- publish",
  },
]

function image(name: keyof typeof project.images): Stage {
  return {
    name: `${name}-image`,
    summary: `the image ${project.images[name].name}`,
    runs: { script: `image:${name}` },
    args: ["--commit-sha={commit}", "--source-url={sourceUrl}", "--platform={platform}"],
    inputs: DOCKER,
    reads: name,
    timeoutSeconds: 900,
    repeat: `npm run ci -- ${name}-image`,
  }
}
