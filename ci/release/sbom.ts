import { jsonBytes, type Bytes } from "../registry/descriptor.js"
import type { Component } from "./component.js"

/** The media type of a CycloneDX document. */
export const SBOM_TYPE = "application/vnd.cyclonedx+json"

/** The image that a bill of materials is of. */
export interface SbomImage {
  /** `host[:port][/namespace]/name`. */
  readonly repository: string
  readonly digest: string
}

/**
 * The software bill of materials of an image, CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). It has no time in it
 * and its order is fixed, so that the same image gives the same bytes.
 */
export function sbom(image: SbomImage, components: readonly Component[]): Bytes {
  const byPurl = new Map(components.map((component) => [component.purl, component]))
  return jsonBytes({
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(image.digest)}`,
    version: 1,
    metadata: { component: root(image) },
    components: [...byPurl.keys()].sort().flatMap((purl) => entry(byPurl.get(purl))),
  })
}

function root({ repository, digest }: SbomImage) {
  const name = repository.slice(repository.lastIndexOf("/") + 1)
  const purl = `pkg:oci/${name}@${encodeURIComponent(digest)}?repository_url=${repository}`
  return { type: "container", "bom-ref": purl, name, version: digest, purl }
}

function entry(component: Component | undefined) {
  return component ? [{ type: "library", "bom-ref": component.purl, ...component }] : []
}

/** A UUID of version 8 (RFC 9562, section 5.8) out of a digest: the same image has the same number. */
function uuidOf(digest: string): string {
  const [, a, b, c, d, e] = /^sha256:(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(digest) ?? []
  return [a, b, `8${c}`, `8${d}`, e].join("-")
}
