import {
  DATA_OPTIONS,
  DEPLOY_OPTIONS,
  DEPLOYMENTS_OPTIONS,
  RESTORE_OPTIONS,
  ROLLBACK_OPTIONS,
  SANITIZE_OPTIONS,
} from "./deploy-options.js"
import type { PipelineFunction } from "./function.js"

/** Functions of an environment: what serves there, and its data. */
export const DEPLOY_FUNCTIONS: readonly PipelineFunction[] = [
  {
    name: "deploy",
    summary: "a release to an environment, with no request lost, and back when it does not prove itself",
    stages: ["deploy"],
    effect: true,
    options: DEPLOY_OPTIONS,
  },
  {
    name: "rollback",
    summary: "an environment back to an earlier release, in the same way",
    stages: ["rollback"],
    effect: true,
    options: ROLLBACK_OPTIONS,
  },
  {
    name: "deployments",
    summary: "an environment's history: who, when, which release, how it ended",
    stages: ["deployments"],
    effect: true,
    options: DEPLOYMENTS_OPTIONS,
  },
  {
    name: "journey",
    summary: "one user's journey through an environment in a real browser; may run in production",
    stages: ["journey"],
    effect: true,
    options: DATA_OPTIONS,
  },
  {
    name: "backup",
    summary: "an environment's database into its store, restored once to prove it",
    stages: ["backup"],
    effect: true,
    options: DATA_OPTIONS,
  },
  {
    name: "restore",
    summary: "a backup in place of an environment's database, which is kept beside it",
    stages: ["restore"],
    effect: true,
    options: RESTORE_OPTIONS,
  },
  {
    name: "seed",
    summary: "made-up workflows and runs into an environment that is not production",
    stages: ["seed"],
    effect: true,
    options: DATA_OPTIONS,
  },
  {
    name: "sanitize",
    summary: "a copy of a backup in which what is personal has been replaced, for staging",
    stages: ["sanitize"],
    effect: true,
    options: SANITIZE_OPTIONS,
  },
]
