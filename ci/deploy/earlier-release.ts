import type { ClientBase } from "pg"
import type { Deployment } from "../environment/database/deployment.js"
import { deployments } from "../environment/database/history.js"
import { revision, shortRevision, type Deployable } from "../release/deployable.js"
import type { Instance, Order } from "../targets/target.js"
import { DeployFailure } from "./work.js"

const LOOKED_AT = 500

/**
 * Finds the release that a rollback goes to, among those that have served here.
 * @param to a version, a commit or its beginning, or a deployment's number. When not said, what served before the serving
 * release was deployed: a second rollback goes further back, and never to a release that was left for an older one
 * @throws DeployFailure when there is none, naming those that there are
 */
export function earlierRelease(to?: string) {
  return async (client: ClientBase, serving: Instance | undefined): Promise<Order> => {
    const served = (await deployments(client, LOOKED_AT)).filter(({ outcome }) => outcome === "succeeded")
    const found = to === undefined ? before(served, serving) : served.find((each) => isNamed(each, to))
    if (found) return { release: found.release, version: found.version }
    const expected =
      to ?? (serving ? `a release that served before ${shortRevision(serving.release)}` : "a release")
    throw new DeployFailure(`expected ${expected}, found none; ${known(served)}`)
  }
}

/**
 * Who went back to a release has left what came after it: by a rollback, or by a deploy of the older one.
 * @param served newest first
 */
function before(served: readonly Deployment[], serving: Instance | undefined): Deployment | undefined {
  const line: Deployment[] = []
  for (const each of [...served].reverse()) {
    const at = line.findIndex(isOf(each.release))
    if (at >= 0) line.length = at
    line.push(each)
  }
  const at = serving ? line.findIndex(isOf(serving.release)) : -1
  return at < 0 ? line.at(-1) : line[at - 1]
}

const isOf = (release: Deployable) => (each: Deployment) => revision(each.release) === revision(release)

const isNamed = ({ id, version, release }: Deployment, name: string) =>
  name === `${id}` || name === version || (name.length >= 7 && revision(release).startsWith(name))

function known(served: readonly Deployment[]): string {
  const names = served
    .slice(0, 10)
    .map(({ id, version, release }) => `${id} ${version} ${shortRevision(release)}`)
  return names.length === 0
    ? "none has served here"
    : `these have served here: ${names.join(", ")}; name one with --to`
}
