import type { Run, RunStatus, RunStep } from "../generated/prisma/client.js"

/** A run as lists show it. Times are ISO 8601, UTC. */
export interface RunSummaryView {
  id: string
  status: RunStatus
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

/** A run with its steps, as the API shows it. */
export type RunView = ReturnType<typeof runView>

type RunTimes = Pick<Run, "id" | "status" | "createdAt" | "startedAt" | "finishedAt">

/** Whether a run has come to its end. */
export const hasEnded = (status: RunStatus): boolean => status !== "queued" && status !== "running"

/** The summary of a run. */
export function runSummaryView({ id, status, createdAt, startedAt, finishedAt }: RunTimes): RunSummaryView {
  return {
    id,
    status,
    createdAt: createdAt.toISOString(),
    startedAt: iso(startedAt),
    finishedAt: iso(finishedAt),
  }
}

/** A run with its steps. */
export function runView(run: Run & { steps: RunStep[] }) {
  const { workflowId, version, error } = run
  return { ...runSummaryView(run), workflowId, version, error, steps: run.steps.map(stepView) }
}

function stepView({
  position,
  name,
  prompt,
  status,
  output,
  error,
  startedAt,
  finishedAt,
  durationMs,
}: RunStep) {
  const times = { startedAt: iso(startedAt), finishedAt: iso(finishedAt), durationMs }
  return { position, name, prompt, status, output, error, ...times }
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null
