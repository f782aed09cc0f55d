import type { ClientBase } from "pg"
import type { Deployment } from "../environment/database/deployment.js"
import { deployments } from "../environment/database/history.js"
import { revision, shortRevision } from "../release/deployable.js"
import type { Instance, Order } from "../targets/target.js"
import { DeployFailure } from "./work.js"

const LOOKED_AT = 500

/**
 * Finds the release that a rollback goes to, among those that have served here.
 * @param to a version, a commit or its beginning, or a deployment's number; the newest that is not the one that serves when
 * not said
 * @throws DeployFailure when there is none, naming those that there are
 */
export function earlierRelease(to?: string) {
  return async (client: ClientBase, before: Instance | undefined): Promise<Order> => {
    const served = (await deployments(client, LOOKED_AT)).filter(({ outcome }) => outcome === "succeeded")
    const found = served.find((each) => (to === undefined ? isOther(each, before) : isNamed(each, to)))
    if (found) return { release: found.release, version: found.version }
    throw new DeployFailure(
      `expected ${to ?? "a release that served here before"}, found none; ${known(served)}`,
    )
  }
}

const isOther = ({ release }: Deployment, before: Instance | undefined) =>
  before === undefined || revision(release) !== revision(before.release)

const isNamed = ({ id, version, release }: Deployment, name: string) =>
  name === `${id}` || name === version || (name.length >= 7 && revision(release).startsWith(name))

function known(served: readonly Deployment[]): string {
  const names = served
    .slice(0, 10)
    .map(({ id, version, release }) => `${id} ${version} ${shortRevision(release)}`)
  return names.length === 0 ? "none has served here" : `these have served here: ${names.join(", ")}`
}
