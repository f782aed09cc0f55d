import { parse } from "dotenv"
import { expect, test } from "vitest"
import { dotenvDocument } from "../../../targets/swarm/dotenv-document.js"

const VALUES = {
  PLAIN: "plain",
  EMPTY: "",
  BLANKS: "  around  ",
  HASH: "before #after",
  DOLLAR: "$HOME ${HOME} $$",
  SINGLE: "it's",
  DOUBLE: 'say "x"',
  BACKTICK: "a `b` c",
  BACKSLASH: "C:\\new\\table\\",
  QUOTED_END: "ends with \\'",
  NEWLINES: "-----BEGIN-----\nabc\n-----END-----\n",
  WINDOWS: "a\r\nb\rc",
  ESCAPES: "\\n is no line break",
  TWO_QUOTES: `it's "x"`,
  ALL_QUOTES: `it's "x" \`y\``,
  URL: "postgresql://user:p%40ss#word@host:5432/database?schema=public",
  UNICODE: "ключ 🔑",
}

test("dotenv reads every value as it was", () => {
  expect(parse(dotenvDocument(VALUES))).toEqual(VALUES)
})

/** Each needs another quote, and looks like a comment behind it. */
const AFTER = { ONE: "#x", TWO: "#it's", THREE: `#'"` }

test("dotenv reads what is made of awkward characters at random, or the value is refused", () => {
  const alphabet = ["'", '"', "`", "\\", "\n", "\r", "#", "$", " ", "=", "n", "x"]
  let read = 0
  for (let seed = 1; seed <= 3000; seed++) {
    const random = generator(seed)
    const value = Array.from({ length: random() % 9 }, () => alphabet[random() % alphabet.length]).join("")
    const document = attempt(value)
    if (document === undefined) continue
    read++
    expect(parse(document)).toEqual({ VALUE: value, ...AFTER })
  }
  expect(read).toBeGreaterThan(2500)
})

test("a value that no quoting holds is named and not shown", () => {
  const value = `secret ' " \`\n#`
  expect(() => dotenvDocument({ OPENAI_API_KEY: value })).toThrow("OPENAI_API_KEY")
  expect(() => dotenvDocument({ OPENAI_API_KEY: value })).not.toThrow("secret")
})

function attempt(value: string): string | undefined {
  try {
    return dotenvDocument({ VALUE: value, ...AFTER })
  } catch {
    return undefined
  }
}

/** The same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 8
  }
}
