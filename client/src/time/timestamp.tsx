const shortForm = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" })
const longForm = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" })

/** A time of the server (ISO 8601, UTC) in the reader's own locale and time zone. */
export function Timestamp({ value }: { value: string }) {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return <span>{value}</span>
  return (
    <time dateTime={value} title={longForm.format(date)}>
      {shortForm.format(date)}
    </time>
  )
}
