import type { Option } from "./function.js"

const ENVIRONMENT: Option = {
  name: "environment",
  value: "name",
  summary: "such as staging; local is this machine and needs no settings",
  required: true,
  fact: "environment",
}

const SETTINGS: Option = {
  name: "settings",
  value: "reference",
  summary: "the environment's settings, a dotenv document: env://NAME or file://path",
  isSecret: true,
  fact: "settings",
}

const WAIT: Option = {
  name: "wait",
  value: "seconds",
  summary: "how long to wait for another deploy of the environment to end (default: not at all)",
  fact: "wait",
}

const DRY_RUN: Option = {
  name: "dry-run",
  value: "flag",
  summary: "say what would be done, and change nothing",
  isFlag: true,
  fact: "dryRun",
}

const BY: Option = {
  name: "by",
  value: "name",
  summary: "who does it, for the history and for whoever waits",
  from: "account",
  fact: "by",
}

/** Of whatever has to do with one environment. */
export const ENVIRONMENT_OPTIONS: readonly Option[] = [ENVIRONMENT, SETTINGS]

/** Of whatever changes one, or must not meet a change. */
export const DATA_OPTIONS: readonly Option[] = [...ENVIRONMENT_OPTIONS, BY]

/** Of `deploy`. */
export const DEPLOY_OPTIONS: readonly Option[] = [
  ...ENVIRONMENT_OPTIONS,
  {
    name: "release",
    value: "file",
    summary: "the release record, as publish prints it (on local: the build of the working tree)",
    isFile: true,
    fact: "releaseFile",
  },
  {
    name: "release-tag",
    value: "tag",
    summary: "the version that the release answers with, such as v1.2.3",
    fact: "releaseTag",
  },
  WAIT,
  {
    name: "allow-breaking",
    value: "flag",
    summary: "let migrations through that the serving version may not live with",
    isFlag: true,
    fact: "allowBreaking",
  },
  DRY_RUN,
  BY,
]

/** Of `rollback`. */
export const ROLLBACK_OPTIONS: readonly Option[] = [
  ...ENVIRONMENT_OPTIONS,
  {
    name: "to",
    value: "release",
    summary: "a version, a commit or a deployment's number (default: the release before)",
    fact: "to",
  },
  WAIT,
  DRY_RUN,
  BY,
]

/** Of `deployments`. */
export const DEPLOYMENTS_OPTIONS: readonly Option[] = [
  ...ENVIRONMENT_OPTIONS,
  { name: "limit", value: "number", summary: "how many, the newest first", default: "10", fact: "limit" },
]

const BACKUP: Option = {
  name: "backup",
  value: "name",
  summary: "a backup's name; latest for the newest",
  default: "latest",
  fact: "backup",
}

/** Of `restore`. */
export const RESTORE_OPTIONS: readonly Option[] = [...ENVIRONMENT_OPTIONS, BACKUP, BY]

/** Of `sanitize`. */
export const SANITIZE_OPTIONS: readonly Option[] = [
  ...ENVIRONMENT_OPTIONS,
  {
    name: "to",
    value: "place",
    summary: "where the copy goes: a folder, or s3://bucket/prefix",
    required: true,
    fact: "to",
  },
  BACKUP,
  BY,
]
