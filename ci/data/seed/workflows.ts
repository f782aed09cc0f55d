/** A made-up workflow, with what its model would have answered to each step. */
export interface SeedWorkflow {
  readonly goal: string
  readonly steps: readonly SeedStep[]
  /** How its runs ended, oldest first. */
  readonly runs: readonly ("succeeded" | "failed" | "cancelled")[]
}

export interface SeedStep {
  readonly name: string
  readonly prompt: string
  readonly output: string
}

/** Workflows as people would write them, so that staging shows lists, long texts and every ending. */
export const SEED_WORKFLOWS: readonly SeedWorkflow[] = [
  {
    goal: "Add pagination to the list of orders",
    steps: [
      {
        name: "plan",
        prompt: "Plan how to reach this goal: {{goal}}",
        output:
          "1. Give the endpoint a cursor and a limit.\n2. Cut pages by id.\n3. Show a button for the next page.",
      },
      {
        name: "implement",
        prompt: "Write the change for this plan:\n{{previous.output}}",
        output: "The endpoint takes `after` and `limit` now, and answers with `next` while there is more.",
      },
      {
        name: "review",
        prompt: "Review the change against the goal {{goal}}:\n{{steps.2.output}}",
        output: "The limit has an upper bound, and a page that is empty is tested. Nothing to add.",
      },
    ],
    runs: ["failed", "succeeded", "succeeded"],
  },
  {
    goal: "Find out why the nightly report is late",
    steps: [
      {
        name: "read the log",
        prompt: "Name what takes longest, for this goal: {{goal}}",
        output: "The query over the events takes 41 of 44 minutes: it reads the whole table.",
      },
      {
        name: "propose",
        prompt: "Propose the smallest change that helps:\n{{previous.output}}",
        output: "An index over (day, kind). The query then reads one day instead of three years.",
      },
    ],
    runs: ["succeeded", "cancelled"],
  },
  {
    goal: "Translate the messages of the sign-in page",
    steps: [
      {
        name: "collect",
        prompt: "List every message for the goal: {{goal}}",
        output: "Sign in. Forgot your password? This address is not known. Try again in a minute.",
      },
      {
        name: "translate",
        prompt: "Translate each of these into German:\n{{previous.output}}",
        output:
          "Anmelden. Passwort vergessen? Diese Adresse ist nicht bekannt. Versuchen Sie es in einer Minute noch einmal.",
      },
    ],
    runs: ["succeeded"],
  },
  {
    goal: "Write release notes for version 2.4",
    steps: [
      {
        name: "draft",
        prompt: "Write release notes: {{goal}}",
        output: "Lists come in pages now. Reports are ready by six. The sign-in page speaks German.",
      },
    ],
    runs: [],
  },
]
