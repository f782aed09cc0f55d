import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, it } from "vitest"

const file = join(import.meta.dirname, "../../src/design/tokens.css")
const [light = "", dark = ""] = (await readFile(file, "utf8")).split("@media")

const texts = ["ink", "ink-quiet", "running", "succeeded", "failed", "interrupted", "cancelled"]
const grounds = ["paper", "surface", "sunken"]
const pairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ["ink", "failed-ground"] as const,
  ["ink", "interrupted-ground"] as const,
  ["on-strong", "strong"] as const,
  ["on-strong", "strong-hover"] as const,
]

it.each([
  ["light", light],
  ["dark", dark],
])("keeps a contrast of 4.5 between text and ground, 3 around inputs (%s)", (_, css) => {
  const tooClose = pairs.filter(([text, ground]) => contrast(css, text, ground) < 4.5)
  expect(tooClose).toEqual([])
  for (const ground of ["paper", "surface"]) expect(contrast(css, "edge", ground)).toBeGreaterThan(3)
})

/** The contrast ratio of WCAG 2.2. */
function contrast(css: string, one: string, other: string): number {
  const [darker = 0, lighter = 0] = [one, other].map((name) => luminance(css, name)).sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(css: string, name: string): number {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(css)?.[1]
  if (hex === undefined) throw new Error(`Expected a colour --${name} in tokens.css, found none.`)
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) =>
    linear(parseInt(hex.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
