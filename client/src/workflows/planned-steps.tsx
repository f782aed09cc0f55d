import type { Workflow } from "./workflow"

/** The steps of a workflow that was never run. */
export function PlannedSteps({ workflow }: { workflow: Workflow }) {
  return (
    <section className="planned" aria-labelledby="planned-heading">
      <h2 id="planned-heading">Steps</h2>
      <p className="quiet">Never run. Running it takes these steps in order and keeps each answer.</p>
      <ol className="planned-steps">
        {workflow.steps.map((step, index) => (
          <li key={step.position}>
            <h3>
              <span className="step-number">{index + 1}</span> {step.name}
            </h3>
            <pre className="prompt-text">{step.prompt}</pre>
          </li>
        ))}
      </ol>
    </section>
  )
}
