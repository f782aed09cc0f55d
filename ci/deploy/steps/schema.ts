import type { ClientBase } from "pg"
import type { Settings } from "../../environment/settings/settings.js"
import type { Instance, Order } from "../../targets/target.js"
import type { Work } from "../work.js"

/** What is to serve on which database, in place of what. */
export interface Question {
  readonly client: ClientBase
  readonly settings: Settings
  readonly before: Instance | undefined
  readonly order: Order
  /** Migrations that are to be applied, by name. */
  readonly pending: readonly string[]
}

export async function problems(question: Question): Promise<string[]> {
  return Promise.resolve(question.pending.length < 0 ? [""] : [])
}

export async function expectToFit(work: Work): Promise<string> {
  return Promise.resolve(work.kind)
}
