import type { ReactNode } from "react"
import { useLayoutEffect, useRef } from "react"

import { hasNavigated } from "./use-route"

interface ViewHeadingProps {
  /** The window's title, before the product's name. */
  title: string
  children: ReactNode
}

/**
 * The first heading of a view. It names the window and, when the view was reached inside the page, takes the focus, so
 * that a screen reader tells where one is.
 */
export function ViewHeading({ title, children }: ViewHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    document.title = `${title} · Coding Agent`
  }, [title])
  useLayoutEffect(() => {
    if (hasNavigated()) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
