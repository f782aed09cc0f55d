/** What a stage runs is wrong, rather than the machine that runs it: the stage has failed, which is no `error`. */
export class StageFailure extends Error {}
