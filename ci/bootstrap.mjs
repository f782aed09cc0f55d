// What `npm run ci` and `npm test` start: plain JavaScript on Node's own modules, because it must run before
// `node_modules` exists. Installs what is missing, then hands over to the command line in TypeScript.
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { tmpdir } from "node:os"

const OLDEST_NODE = [20, 19]
const INSTALL = ["ci", "--no-audit", "--no-fund", "--include=dev", "--prefer-offline", "--loglevel=warn"]

function isOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
}

function packages(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, "utf8")).packages
  } catch {
    return {}
  }
}

/** Whether what npm recorded in node_modules is what the lockfile asks for. */
function isInstalled() {
  const installed = packages("node_modules/.package-lock.json")
  return Object.entries(packages("package-lock.json")).every(
    ([path, wanted]) =>
      !path.startsWith("node_modules/") ||
      (installed[path] ? installed[path].version === wanted.version : wanted.optional),
  )
}

function install() {
  process.stderr.write("Installing what the lockfile asks for (npm ci) …\n")
  // Standard output belongs to the function that was called, which may print JSON.
  const { status } = spawnSync("npm", INSTALL, { stdio: ["ignore", 2, 2] })
  return status === 0
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

/** tsx keeps what it compiles in the temporary folder, and this is the first to need one. */
function explained(error) {
  if (!error.path?.startsWith(tmpdir())) throw error
  stop(
    `expected a temporary folder that can be written, got ${tmpdir()}: ${error.message}; set TMPDIR to one`,
  )
}

if (isOldNode()) stop(`expected Node ${OLDEST_NODE.join(".")} or newer, found ${process.versions.node}`)
if (!isInstalled() && !install()) stop("npm ci did not succeed; its messages above say why")

const { register } = await import("tsx/esm/api")
register()
const { main } = await import("./cli.ts").catch(explained)
process.exit(await main(process.argv.slice(2)))
