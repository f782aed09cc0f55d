import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { Lockfile, npmPackages } from "../../release/npm-packages.js"

const lockfile = (packages: object) => Lockfile.parse({ packages })
const names = (packages: object) =>
  npmPackages(lockfile(packages), "server")
    .map(({ name, version }) => `${name}@${version}`)
    .sort()

test("what a workspace runs with is found in its own node_modules first, then upward", () => {
  const found = names({
    server: { dependencies: { a: "1", b: "1" } },
    "node_modules/a": { version: "1.0.0" },
    "server/node_modules/a": { version: "1.1.0", dependencies: { b: "2" } },
    "server/node_modules/a/node_modules/b": { version: "2.0.0" },
    "node_modules/b": { version: "1.0.0", dependencies: { a: "1" } },
    "node_modules/unused": { version: "1.0.0" },
  })
  expect(found).toEqual(["a@1.0.0", "a@1.1.0", "b@1.0.0", "b@2.0.0"])
})

test("development and optional dependencies and optional peers stay outside, peers come with it", () => {
  const found = names({
    server: {
      dependencies: { a: "1" },
      devDependencies: { development: "1" },
      optionalDependencies: { optional: "1" },
    },
    "node_modules/a": {
      version: "1.0.0",
      peerDependencies: { peer: "1", spare: "1" },
      peerDependenciesMeta: { spare: { optional: true } },
    },
    "node_modules/peer": { version: "1.0.0" },
    "node_modules/spare": { version: "1.0.0" },
    "node_modules/development": { version: "1.0.0" },
    "node_modules/optional": { version: "1.0.0" },
  })
  expect(found).toEqual(["a@1.0.0", "peer@1.0.0"])
})

test("another workspace that it needs comes with what that needs", () => {
  const found = names({
    server: { dependencies: { "@team/shared": "1" } },
    "node_modules/@team/shared": { link: true, resolved: "shared" },
    shared: { version: "1.0.0", dependencies: { a: "1" } },
    "node_modules/a": { version: "1.0.0" },
  })
  expect(found).toEqual(["a@1.0.0", "shared@1.0.0"])
})

test("a package has its package URL and its hash", () => {
  const packages = {
    server: { dependencies: { "@team/a": "1" } },
    "node_modules/@team/a": { version: "1.0.0", integrity: "sha512-/w==" },
  }
  expect(npmPackages(lockfile(packages), "server")).toEqual([
    {
      name: "@team/a",
      version: "1.0.0",
      purl: "pkg:npm/%40team/a@1.0.0",
      hashes: [{ alg: "SHA-512", content: "ff" }],
    },
  ])
})

test("a package that the lockfile lacks is named", () => {
  const expected = "expected a, which server needs, in package-lock.json; it is not there: run npm install"
  expect(() => names({ server: { dependencies: { a: "1" } } })).toThrow(expected)
})

test("packages that are also somebody's development dependency are no less part of the image", async () => {
  const own = Lockfile.parse(JSON.parse(await readFile("package-lock.json", "utf8")))
  const server = npmPackages(own, "server").map(({ name }) => name)
  expect(server).toEqual(expect.arrayContaining(["express", "pg", "zod"]))
  expect(server).not.toContain("typescript")
  expect(npmPackages(own, "client").map(({ name }) => name)).toContain("react")
})
