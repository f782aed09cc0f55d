import type { Deployment } from "../environment/database/deployment.js"
import { shortRevision } from "../release/deployable.js"
import { duration } from "../report/table.js"

/** An environment's history for people, the newest first. */
export function historyText(deployments: readonly Deployment[], serving: string): string {
  if (deployments.length === 0) return `Nothing has been deployed here; serving: ${serving}`
  return [...deployments.map(entry), `serving: ${serving}`].join("\n\n")
}

function entry(deployment: Deployment): string {
  const { id, kind, version, release, who, host, startedAt, outcome, reason, failedStep, steps } = deployment
  const head = `${id}  ${kind} ${version} (${shortRevision(release)})  ${outcome}`
  const when = `    ${startedAt.toISOString().replace(/\.\d+Z/, "Z")} by ${who} on ${host}${took(deployment)}`
  const why =
    outcome === "succeeded" || !reason ? [] : [`    ${failedStep ?? "it"}: ${reason.split("\n")[0] ?? ""}`]
  const times = steps
    .filter(({ seconds }) => seconds)
    .map(({ name, seconds }) => `${name} ${duration(seconds ?? 0)}`)
  return [head, when, ...why, ...(times.length > 0 ? [`    ${times.join(", ")}`] : [])].join("\n")
}

function took({ startedAt, endedAt }: Deployment): string {
  return endedAt ? `, ${duration((endedAt.getTime() - startedAt.getTime()) / 1000)}` : ""
}
