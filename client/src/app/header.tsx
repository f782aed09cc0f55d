import { useConnection } from "../connection/connection-context"
import type { Route } from "../routing/route"
import { hashOf } from "../routing/route"
import "./header.css"

/** The page's head: its name, the way around, and the connection. */
export function Header({ view }: { view: Route["view"] }) {
  const { connection, openDialog } = useConnection()
  return (
    <header className="header">
      <div className="header-inner">
        <a className="brand" href={hashOf({ view: "list" })}>
          <BrandSign />
          Coding Agent
        </a>
        <nav aria-label="Main">
          <a href={hashOf({ view: "list" })} aria-current={view === "list" ? "page" : undefined}>
            Workflows
          </a>
          <a href={hashOf({ view: "new" })} aria-current={view === "new" ? "page" : undefined}>
            New
          </a>
        </nav>
        <button type="button" className="button connection" aria-haspopup="dialog" onClick={openDialog}>
          Connection <span className="quiet">{connection.apiKey === null ? "read only" : "with key"}</span>
        </button>
      </div>
    </header>
  )
}

function BrandSign() {
  return (
    <svg className="brand-sign" viewBox="0 0 20 24" aria-hidden="true" focusable="false">
      <path className="brand-line" d="M4 4v16" />
      <circle className="brand-done" cx="4" cy="4" r="3" />
      <circle className="brand-done" cx="4" cy="12" r="3" />
      <circle className="brand-next" cx="4" cy="20" r="2.4" />
      <path className="brand-text" d="M11 4h8M11 12h6M11 20h3" />
    </svg>
  )
}
