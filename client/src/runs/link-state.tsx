import type { Link } from "./follow-run"

const texts: Record<Link, string> = {
  live: "Live",
  asking: "Asking every second; the live stream can't be had just now.",
  lost: "The connection is lost. Trying again; what is shown may be old.",
}

/** How fresh the shown run is. */
export function LinkState({ link }: { link: Link }) {
  return (
    <p className={`link-state link-${link}`} role={link === "live" ? undefined : "status"}>
      {texts[link]}
    </p>
  )
}
