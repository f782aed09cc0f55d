/** A flag of a function; flags take a value, `--name value`. */
export interface Option {
  readonly name: string
  /** What stands for the value in the help text. */
  readonly value: string
  readonly summary: string
  /** The values it takes, where they are few. */
  readonly values?: readonly string[]
  readonly default?: string
  readonly required?: boolean
}

/** A function of the pipeline: what a person or a workflow calls by name. */
export interface PipelineFunction {
  readonly name: string
  readonly summary: string
  /** Its stages, in any order; `stages.ts` knows what needs what. */
  readonly stages: readonly string[]
  readonly options?: readonly Option[]
  /** Environment variables that it reads, with what each is for. Secrets come this way, never as flags. */
  readonly variables?: readonly {
    readonly name: string
    readonly summary: string
    readonly required: boolean
  }[]
  /** Only the host executor has it. */
  readonly hostOnly?: boolean
}
