import "./feedback.css"

interface LoadingProps {
  /** What is awaited, for those who can't see the lines: "Loading workflows". */
  label: string
  /** How many lines to show in its place. */
  lines: number
}

/** Grey lines where something will be. They come late, so that a quick answer doesn't flicker. */
export function Loading({ label, lines }: LoadingProps) {
  return (
    <div className="loading">
      <p role="status" className="visually-hidden">
        {label}
      </p>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="loading-line" aria-hidden="true" />
      ))}
    </div>
  )
}
