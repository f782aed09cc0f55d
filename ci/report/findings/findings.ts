import { stripVTControlCharacters } from "node:util"
import { bundler } from "./bundler.js"
import { commits } from "./commits.js"
import { compiler } from "./compiler.js"
import { deploy } from "./deploy.js"
import type { Finding, Reader } from "./finding.js"
import { plain } from "./plain.js"
import { prettier } from "./prettier.js"
import { prisma } from "./prisma.js"
import { stylish } from "./stylish.js"
import { vitest } from "./vitest.js"

/** The most telling first: a failing test, and then a deploy, may print anything that another tool would. */
const READERS: readonly Reader[] = [
  vitest,
  deploy,
  compiler,
  stylish,
  prettier,
  bundler,
  prisma,
  commits,
  plain,
]

/**
 * What a failed stage's output says is wrong, most important first.
 * @returns none when no tool is recognised
 */
export function findings(output: readonly string[]): Finding[] {
  const lines = output.map((line) => stripVTControlCharacters(line).trimEnd())
  for (const read of READERS) {
    const found = read(lines)
    if (found.length > 0) return found
  }
  return []
}
