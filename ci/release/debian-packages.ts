import type { Component } from "./component.js"
import { ReleaseFailure } from "./failure.js"

/** The format for `dpkg-query -W -f` that this file reads. */
export const DPKG_FORMAT = "${Package}\\t${Version}\\t${Architecture}\\n"

/**
 * Debian's packages, from what `dpkg-query` prints.
 * @throws ReleaseFailure when it is something else, or nothing
 */
export function debianPackages(printed: string): Component[] {
  const lines = printed.split("\n").filter(Boolean)
  if (lines.length > 0) return lines.map(debianPackage)
  throw new ReleaseFailure("expected Debian packages, received none; does the image have dpkg-query?")
}

function debianPackage(line: string): Component {
  const [name, version, architecture] = line.split("\t")
  if (name && version && architecture)
    return { name, version, purl: `pkg:deb/debian/${encoded(name)}@${encoded(version)}?arch=${architecture}` }
  throw new ReleaseFailure(
    `expected name, version and architecture of a Debian package with tabs in between, received ${line}`,
  )
}

/** A package URL keeps the colon of an epoch. */
const encoded = (text: string) => encodeURIComponent(text).replaceAll("%3A", ":")
