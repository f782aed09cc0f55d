import { useEffect, useState } from "react"

import { durationText, millisecondsBetween } from "./duration"

interface ElapsedProps {
  startedAt: string
  /** Null while it goes on: the text then counts. */
  finishedAt: string | null
}

/** The time that something took, or has taken so far. */
export function Elapsed({ startedAt, finishedAt }: ElapsedProps) {
  const now = useNow(finishedAt === null)
  if (finishedAt !== null)
    return <span className="number">{durationText(millisecondsBetween(startedAt, finishedAt))}</span>
  const wholeSeconds = Math.floor(millisecondsBetween(startedAt, now) / 1_000) * 1_000
  return (
    <span className="number">
      {wholeSeconds < 1_000 ? "0 s" : durationText(wholeSeconds).replace(".0", "")}
    </span>
  )
}

function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isTicking) return
    const timer = setInterval(() => {
      setNow(Date.now())
    }, 1_000)
    return () => {
      clearInterval(timer)
    }
  }, [isTicking])
  return now
}
