import { expect, test } from "vitest"
import { sourceOf } from "../../images/source.js"

test.each([
  ["https://code.example/team/platform.git", "https://code.example/team/platform"],
  ["https://someone:token@code.example:8443/team/platform", "https://code.example:8443/team/platform"],
  ["http://code.example/team/platform/", "https://code.example/team/platform"],
  ["git@code.example:team/platform.git", "https://code.example/team/platform"],
  ["ssh://git@code.example:2222/team/platform.git\n", "https://code.example/team/platform"],
])("%j can be read at %s", (remote, source) => {
  expect(sourceOf(remote)).toBe(source)
})

test.each(["", "/srv/git/platform.git", "../platform", "file:///srv/git/platform.git", "C:\\platform"])(
  "%j can be read nowhere",
  (remote) => {
    expect(sourceOf(remote)).toBe("")
  },
)
