import { expect, test } from "vitest"
import { lockfileProblems, type Lockfile } from "../../audit/lockfile-problems.js"

const locked: Lockfile = {
  packages: {
    "": { dependencies: { a: "1.0.0" } },
    server: { version: "0.0.0", dependencies: { b: "2.0.0" } },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/b": { version: "2.0.0", integrity: "sha512-b" },
    "node_modules/@app/server": { resolved: "server", link: true },
  },
}
const manifests = { "": { dependencies: { a: "1.0.0" } }, server: { dependencies: { b: "2.0.0" } } }
const having = (path: string, entry: Lockfile["packages"][string]) => ({
  packages: { ...locked.packages, [path]: entry },
})

test("a lockfile that pins what is asked for has no problem", () => {
  expect(lockfileProblems(locked, manifests)).toEqual([])
})

test("a package.json that asks for another version, for more or for less is out of sync", () => {
  const changed = { ...manifests, server: { dependencies: { b: "3.0.0", c: "1.0.0" } }, "": {} }
  expect(lockfileProblems(locked, changed)).toEqual([
    "package.json and package-lock.json disagree on a: nothing and 1.0.0; run npm install",
    "server/package.json and package-lock.json disagree on b: 3.0.0 and 2.0.0; run npm install",
    "server/package.json and package-lock.json disagree on c: 1.0.0 and nothing; run npm install",
  ])
})

test("a workspace without an entry is told", () => {
  expect(lockfileProblems(locked, { ...manifests, client: {} })).toEqual([
    "client/package.json has no entry in package-lock.json; run npm install",
  ])
})

test("an entry without integrity is told; a link and a bundled package need none", () => {
  expect(lockfileProblems(having("node_modules/a", { version: "1.0.0" }), manifests)).toEqual([
    "node_modules/a has no integrity; remove it and run npm install",
  ])
  expect(
    lockfileProblems(
      having("node_modules/a/node_modules/z", { version: "1.0.0", inBundle: true }),
      manifests,
    ),
  ).toEqual([])
})

test.each(["git+ssh://git@host/x.git#abc", "http://host/x.tgz", "file:../x.tgz"])(
  "%s is no registry over https",
  (resolved) => {
    const [problem] = lockfileProblems(
      having("node_modules/a", { version: "1.0.0", resolved, integrity: "sha512-a" }),
      manifests,
    )
    expect(problem).toBe(`node_modules/a comes from ${resolved}; expected a registry over https`)
  },
)
