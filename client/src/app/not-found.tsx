import { hashOf } from "../routing/route"
import { ViewHeading } from "../routing/view-heading"

/** What an address shows that names no view. */
export function NotFound() {
  return (
    <div className="empty">
      <ViewHeading title="Not found">There is no such page</ViewHeading>
      <p>The address may be cut short, or of another version of this page.</p>
      <a className="button button-strong" href={hashOf({ view: "list" })}>
        To the workflows
      </a>
    </div>
  )
}
