import { mkdtempSync, rmdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execaSync } from "execa"
import { onTestFinished } from "vitest"

/** Why no small file system can be mounted; undefined when one can. */
export function whyNoSmallDisk(): string | undefined {
  const mounted = mount()
  if ("refused" in mounted) return `a mount is refused: ${mounted.refused}`
  mounted.unmount()
  return undefined
}

/** A file system of 1 MB, which goes with the test. */
export function smallDisk(): string {
  const mounted = mount()
  if ("refused" in mounted) throw new Error(mounted.refused)
  onTestFinished(mounted.unmount)
  return mounted.folder
}

function mount(): { folder: string; unmount: () => void } | { refused: string } {
  const folder = mkdtempSync(join(tmpdir(), "aca-small-"))
  const args = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
  const { failed, stderr } = execaSync("mount", args, { reject: false })
  const unmount = () => {
    if (!failed) execaSync("umount", [folder])
    rmdirSync(folder)
  }
  if (failed) unmount()
  return failed ? { refused: stderr } : { folder, unmount }
}
