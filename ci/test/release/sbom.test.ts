import { readFile } from "node:fs/promises"
import { Version } from "@cyclonedx/cyclonedx-library/Spec"
import { JsonStrictValidator } from "@cyclonedx/cyclonedx-library/Validation"
import { expect, test } from "vitest"
import { debianPackages } from "../../release/debian-packages.js"
import { Lockfile, npmPackages } from "../../release/npm-packages.js"
import { sbom } from "../../release/sbom.js"

const IMAGE = {
  repository: "registry.test:5000/team/agent-backend",
  digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
}

async function components() {
  const lockfile = Lockfile.parse(JSON.parse(await readFile("package-lock.json", "utf8")))
  return [...npmPackages(lockfile, "server"), ...debianPackages("libc6\t2.36-9+deb12u10\tamd64\n")]
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

test("the bill of materials of an image is valid CycloneDX 1.6", async () => {
  const validator = new JsonStrictValidator(Version.v1dot6)
  expect(await validator.validate(text(sbom(IMAGE, await components())))).toBeNull()
})

test("the same image has the same bill, byte by byte, in whatever order its parts come", async () => {
  const parts = await components()
  const first = text(sbom(IMAGE, parts))
  expect(text(sbom(IMAGE, [...parts].reverse()))).toBe(first)
  expect(text(sbom(IMAGE, [...parts, ...parts]))).toBe(first)
  expect(first).not.toMatch(/timestamp|20\d\d-\d\d-\d\dT/)
})

test("its root is the image by digest, and its number comes from the digest", () => {
  const bill = JSON.parse(text(sbom(IMAGE, []))) as { serialNumber: string; metadata: object }
  expect(bill.serialNumber).toBe("urn:uuid:01234567-89ab-8def-8123-456789abcdef")
  expect(bill.metadata).toMatchObject({
    component: { type: "container", name: "agent-backend", version: IMAGE.digest },
  })
})
