import { dag, type Container, type File, type Secret } from "@dagger.io/dagger"
import { filledArguments, type Facts } from "../pipeline/facts.js"
import { project } from "../pipeline/project.js"
import { stageNamed } from "../pipeline/stages.js"
import { keeping, withEvidence } from "./evidence.js"
import { command } from "./stage.js"
import { inContainer, type Sources } from "./trees.js"
import { uncached } from "./uncached.js"

/** What a program of an environment is called with. */
export interface EnvironmentCall {
  readonly settings: Secret
  /** The release record that is deployed. */
  readonly release?: File
  readonly facts: Facts
}

const RELEASE = "/release.json"
/** The command line of Docker: one program that needs nothing beside it. */
const DOCKER = "/usr/local/bin/docker"
/** What it reaches a remote daemon by: Debian's packages. */
const REACHING = ["openssh-client", "ca-certificates"]

/**
 * Runs a program of an environment: the same that the host runs. It reaches the environment from within a container, so
 * its settings name a Docker daemon and a database that can be reached from there.
 * @returns what it printed
 */
export async function inEnvironment(
  name: string,
  sources: Sources,
  { settings, release, facts }: EnvironmentCall,
): Promise<string> {
  const stage = stageNamed(name)
  const all = { ...facts, ...(release && { releaseFile: RELEASE }) }
  const tools = name === "journey" ? [...REACHING, "chromium"] : REACHING
  const place = withRelease(withDocker(inContainer(sources, tools)), release).withSecretVariable(
    "SETTINGS",
    settings,
  )
  const container = await withEvidence(place, sources, "tree")
  return uncached(container)
    .withExec(keeping(stage, command(stage, filledArguments(stage.args ?? [], all))))
    .stdout()
}

function withDocker(container: Container): Container {
  return container.withFile(DOCKER, dag.container().from(project.bases.docker).file(DOCKER))
}

function withRelease(container: Container, release: File | undefined): Container {
  return release ? container.withFile(RELEASE, release) : container
}

/** What was given of some facts: an empty one was not. */
export function given(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== ""))
}

/** A flag as a fact: absent when it is off. */
export const flag = (isOn: boolean) => (isOn ? "true" : "")
