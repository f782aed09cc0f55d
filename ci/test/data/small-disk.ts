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

/** A file system of some megabytes, which goes with the test. */
export function smallDisk(megabytes = 1): string {
  const mounted = mount(megabytes)
  if ("refused" in mounted) throw new Error(mounted.refused)
  onTestFinished(mounted.unmount)
  return mounted.folder
}

function mount(megabytes = 1): { folder: string; unmount: () => void } | { refused: string } {
  const folder = mkdtempSync(join(tmpdir(), "aca-small-"))
  const args = ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]
  const { failed, stderr } = execaSync("mount", args, { reject: false })
  const unmount = () => {
    if (!failed) execaSync("umount", [folder])
    rmdirSync(folder)
  }
  if (failed) unmount()
  return failed ? { refused: stderr } : { folder, unmount }
}
