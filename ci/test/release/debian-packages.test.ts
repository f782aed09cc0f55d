import { expect, test } from "vitest"
import { debianPackages } from "../../release/debian-packages.js"

test("what dpkg-query prints becomes packages with their package URLs", () => {
  expect(debianPackages("bash\t5.2.15-2+b8\tamd64\nlogin\t1:4.13+dfsg1-1~x\tall\n")).toEqual([
    { name: "bash", version: "5.2.15-2+b8", purl: "pkg:deb/debian/bash@5.2.15-2%2Bb8?arch=amd64" },
    {
      name: "login",
      version: "1:4.13+dfsg1-1~x",
      purl: "pkg:deb/debian/login@1:4.13%2Bdfsg1-1~x?arch=all",
    },
  ])
})

test("something else is refused with what was expected", () => {
  expect(() => debianPackages("dpkg-query: no packages found")).toThrow(
    "expected name, version and architecture of a Debian package with tabs in between, received dpkg-query: no",
  )
  expect(() => debianPackages("\n")).toThrow("expected Debian packages, received none")
})
