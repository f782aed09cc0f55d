import type { ReactNode } from "react"
import { Component } from "react"
import "./feedback.css"

/** What is left to show when the page itself can't go on. */
export function CrashScreen({ error }: { error: Error }) {
  return (
    <main className="crash">
      <h1>The page can't go on</h1>
      <p role="alert">{error.message}</p>
      <button
        type="button"
        className="button button-strong"
        onClick={() => {
          window.location.reload()
        }}
      >
        Load it again
      </button>
    </main>
  )
}

/** Shows the crash screen in place of what threw inside. */
export class CrashBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    return this.state.error === null ? this.props.children : <CrashScreen error={this.state.error} />
  }
}
