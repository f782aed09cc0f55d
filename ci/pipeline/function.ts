import type { Facts } from "./facts.js"

/**
 * A flag of a function; flags take a value, `--name value`. In Dagger it is an argument of the same name, and a root
 * `.env` fills arguments there: a name of several words is hit by none.
 */
export interface Option {
  readonly name: string
  /** What stands for the value in the help text. */
  readonly value: string
  readonly summary: string
  /** The values it takes, where they are few. */
  readonly values?: readonly string[]
  readonly default?: string
  readonly required?: boolean
  /** What a stage knows the value as. */
  readonly fact?: keyof Facts
  /** Takes no value: it is there or not. */
  readonly isFlag?: true
  /** Its value names where a secret is, `env://NAME` or `file://path`, as Dagger has it too; the fact is what is there. */
  readonly isSecret?: true
  /** Its value is the path of a file. */
  readonly isFile?: true
  /** What this machine fills it in with: the commit that is checked out, where `origin` can be read, or who calls. */
  readonly from?: "commit" | "origin" | "account"
}

/** An environment variable that a function reads; in Dagger a `Secret`, whose argument `secret` names. */
export interface Variable {
  readonly name: string
  readonly summary: string
  readonly required: boolean
  /** The argument that takes it in Dagger; absent where Dagger brings its own. */
  readonly secret?: string
  /** What a stage knows the value as. */
  readonly fact?: keyof Facts
}

/** A function of the pipeline: what a person or a workflow calls by name. */
export interface PipelineFunction {
  readonly name: string
  readonly summary: string
  /** Its stages, in any order; `stages.ts` knows what needs what. */
  readonly stages: readonly string[]
  readonly options?: readonly Option[]
  /** Environment variables that it reads, with what each is for. Secrets come this way, never as flags. */
  readonly variables?: readonly Variable[]
  /** The folder that it fills, from the checkout's root; in Dagger it returns a directory, which goes there. */
  readonly fills?: string
  /** It changes something outside, so nothing of it may come from a cache. */
  readonly effect?: boolean
  /** Prints its result, a document, when it has passed. */
  readonly printsResult?: true
  /** Only the host executor has it. */
  readonly hostOnly?: boolean
}
