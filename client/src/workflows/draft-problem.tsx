import type { ApiError } from "../api/api-error"
import { ErrorNotice } from "../feedback/error-notice"

/** Why a draft was not saved: how many inputs need another look, or what else went wrong. */
export function DraftProblem({ error }: { error: ApiError }) {
  const { fields } = error
  if (fields.length === 0) return <ErrorNotice title="The workflow was not saved." error={error} />
  const entries = new Set(fields.map(({ field }) => field)).size
  const elsewhere = fields.filter(({ field }) => !hasInput(field))
  return (
    <div className="notice notice-error" role="alert">
      <p className="notice-title">
        {entries === 1 ? "One entry needs another look." : `${entries} entries need another look.`}
      </p>
      {elsewhere.map(({ field, message }) => (
        <p key={field}>
          <code>{field}</code>: {message}
        </p>
      ))}
    </div>
  )
}

function hasInput(field: string): boolean {
  return /^(goal|connector|steps\.\d+\.(name|prompt))$/.test(field)
}
