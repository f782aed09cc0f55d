import { DRAIN_SECONDS, SPARE_END_SECONDS, STEP_SECONDS } from "./deploy-steps.js"
import type { Stage } from "./stage.js"

const ENVIRONMENT = "--environment={environment}"
const BY = "--by={by}"
const CALLER = ["DOCKER_*", "SSH_AUTH_SOCK", "GITHUB_ACTOR", "CHROMIUM_PATH"]

/** The longest SHUTDOWN_DEADLINE_MS that a server takes, and what comes before and after it. */
const LONGEST_END_SECONDS = 600 + DRAIN_SECONDS + SPARE_END_SECONDS
const REVOKE_KEY_SECONDS = 45
/** What was begun is taken back, and the key of the smoke test is revoked. */
const GRACE_SECONDS = STEP_SECONDS.switch + LONGEST_END_SECONDS + REVOKE_KEY_SECONDS

/** What changes an environment, or looks at one. Each is a program of its own. */
export const DEPLOY_STAGES: readonly Stage[] = [
  environmentStage("deploy", {
    summary: "a release, in place of what serves",
    args: [
      "--release={releaseFile}",
      "--release-tag={releaseTag}",
      "--wait={wait}",
      "--allow-breaking={allowBreaking}",
      "--dry-run={dryRun}",
      BY,
    ],
  }),
  environmentStage("rollback", {
    summary: "the release before, in place of what serves",
    args: ["--to={to}", "--wait={wait}", "--dry-run={dryRun}", BY],
  }),
  environmentStage("deployments", { summary: "the environment's history", args: ["--limit={limit}"] }),
  environmentStage("journey", { summary: "a user's journey in a browser", args: [BY] }),
  environmentStage("backup", { summary: "the environment's database, in its store", args: [BY] }),
  environmentStage("restore", {
    summary: "a backup, in place of the database",
    args: ["--backup={backup}", BY],
  }),
  environmentStage("seed", { summary: "made-up workflows and runs", args: [BY] }),
  environmentStage("sanitize", {
    summary: "a backup without what is personal",
    args: ["--backup={backup}", "--to={to}", BY],
  }),
]

function environmentStage(name: string, { summary, args }: Required<Pick<Stage, "summary" | "args">>): Stage {
  return {
    name,
    summary,
    runs: { script: name },
    args: [ENVIRONMENT, ...args, "--result={resultFile}"],
    environment: { SETTINGS: "{settings}" },
    inputs: CALLER,
    speaks: true,
    // Every step has a deadline of its own.
    timeoutSeconds: 14_400,
    graceSeconds: GRACE_SECONDS,
    repeat: `npm run ci -- ${name} --environment …`,
  }
}
