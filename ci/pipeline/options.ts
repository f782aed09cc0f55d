import type { Option } from "./function.js"
import { project } from "./project.js"

const COMMIT = { name: "commit-sha", value: "sha", fact: "commit" } as const
const BUILT = { ...COMMIT, summary: "the commit that the image carries", from: "commit" } as const
const SOURCE = {
  name: "source-url",
  value: "url",
  summary: "where the source can be read, carried by the image",
  fact: "sourceUrl",
  from: "origin",
} as const
const PLATFORM = {
  name: "platform",
  value: "platform",
  summary: "such as linux/arm64 (default: that of the engine)",
  fact: "platform",
} as const

/** Of `test`. */
export const ONLY: Option = {
  name: "only",
  value: "package",
  summary: "test one package alone",
  values: Object.keys(project.tests),
}

/** Of `server-image` and `client-image`. */
export const IMAGE_OPTIONS: readonly Option[] = [BUILT, SOURCE, PLATFORM]

/** Of `publish`. */
export const PUBLISH_OPTIONS: readonly Option[] = [
  {
    name: "registry-address",
    value: "address",
    summary: "host[:port][/namespace]; http:// in front for a registry without TLS",
    required: true,
    fact: "registryAddress",
  },
  { name: "registry-user", value: "user", summary: "who pushes", fact: "registryUser" },
  { ...BUILT, summary: "the commit that is published" },
  SOURCE,
  {
    ...PLATFORM,
    summary: "such as linux/arm64; several are separated by commas (default: that of the engine)",
  },
  {
    name: "release-tag",
    value: "tag",
    summary: "such as v1.2.3: builds nothing, adds the tag to the digests that the commit's record has",
    fact: "releaseTag",
  },
]

/** Of `smoke`. */
export const SMOKE_OPTIONS: readonly Option[] = [
  {
    name: "server-url",
    value: "url",
    summary: "base URL of the server",
    required: true,
    fact: "serverUrl",
  },
  {
    name: "client-url",
    value: "url",
    summary: "base URL of the client, to look at its page too",
    fact: "clientUrl",
  },
  { ...COMMIT, summary: "the commit that must answer" },
]

/** Of `up`. */
export const UP_OPTIONS: readonly Option[] = [
  {
    name: "port",
    value: "port",
    summary: "of the client; 0 for any free one",
    default: project.client.defaultPort,
  },
  {
    name: "server-port",
    value: "port",
    summary: "of the server; 0 for any free one",
    default: project.server.defaultPort,
  },
]
