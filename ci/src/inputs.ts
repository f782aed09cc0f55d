/** What stays outside of `application`, as in a `.gitignore`: all but the platform, and what builds leave in it. */
export const NOT_APPLICATION = [
  "*",
  "!server",
  "!client",
  "!package.json",
  "!package-lock.json",
  "!.npmrc",
  "!tsconfig.base.json",
  "!.env.example",
  "**/node_modules",
  "**/dist",
  "server/src/generated",
  "**/*.tsbuildinfo",
  "server/.env*",
  "client/.env*",
]

/** What stays outside of `tree`: what git does not know, which Dagger does not read from `.gitignore` by itself. */
export const NOT_TREE = [
  ".git",
  "out",
  ".local",
  ".runs",
  "**/node_modules",
  "**/dist",
  "server/src/generated",
  "ci/sdk",
  "**/*.tsbuildinfo",
  "**/.env",
  "**/.env.*",
  "!**/.env.example",
]

/** What stays outside of `history`: all but what commits are read from. The configuration may hold a token. */
export const NOT_HISTORY = [
  "*",
  "!.git",
  ".git/*",
  "!.git/HEAD",
  "!.git/refs",
  "!.git/packed-refs",
  "!.git/objects",
  "!.git/shallow",
]
