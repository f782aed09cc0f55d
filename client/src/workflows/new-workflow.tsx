import { hashOf } from "../routing/route"
import { ViewHeading } from "../routing/view-heading"
import { DraftProblem } from "./draft-problem"
import { Field } from "./field"
import { forgetDraft } from "./kept-draft"
import { StepsEditor } from "./steps-editor"
import { TemplateGuide } from "./template-guide"
import { useDraft } from "./use-draft"
import "./new-workflow.css"

/** The form in which a workflow is written. */
export function NewWorkflow() {
  const { draft, change, error, isSaving, save, form } = useDraft()
  return (
    <>
      <a className="back" href={hashOf({ view: "list" })}>
        All workflows
      </a>
      <ViewHeading title="New workflow">New workflow</ViewHeading>
      <form
        className="new-workflow"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {error && <DraftProblem error={error} />}
        <Field
          id="goal"
          label="Goal"
          error={draft.errors.get("goal")}
          hint="What should be true in the end. Every step can use it."
        >
          {(ties) => (
            <textarea
              {...ties}
              rows={3}
              maxLength={2000}
              value={draft.goal}
              onChange={(event) => {
                change({ type: "goal", value: event.target.value })
              }}
            />
          )}
        </Field>
        <ConnectorField
          value={draft.connector}
          error={draft.errors.get("connector")}
          onChange={(value) => {
            change({ type: "connector", value })
          }}
        />
        <StepsEditor draft={draft} change={change} />
        <TemplateGuide />
        <div className="actions">
          <button type="submit" className="button button-strong" aria-disabled={isSaving}>
            {isSaving ? "Saving…" : "Create workflow"}
          </button>
          <a className="button button-plain" href={hashOf({ view: "list" })} onClick={forgetDraft}>
            Discard
          </a>
        </div>
      </form>
    </>
  )
}

interface ConnectorFieldProps {
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function ConnectorField({ value, error, onChange }: ConnectorFieldProps) {
  return (
    <Field
      id="connector"
      label="Model"
      error={error}
      hint="The sandbox answers by itself, at no cost and the same each time."
    >
      {(ties) => (
        <select
          {...ties}
          value={value}
          onChange={(event) => {
            onChange(event.target.value)
          }}
        >
          <option value="">The server's default</option>
          <option value="sandbox">Sandbox</option>
          <option value="openai">OpenAI</option>
          <option value="anthropic">Anthropic</option>
        </select>
      )}
    </Field>
  )
}
