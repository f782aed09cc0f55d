import { templates } from "./templates"

/** What can be used in prompts, in words. */
export function TemplateGuide() {
  return (
    <details className="template-guide">
      <summary>What prompts can take in</summary>
      <dl>
        {templates.map(({ text, meaning }) => (
          <div key={text}>
            <dt>
              <code>{text}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        A step sees only the answers of those before it. An unknown name is refused when you save.
      </p>
    </details>
  )
}
