import { existsSync } from "node:fs"
import { chromium, type Browser } from "playwright-core"

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
/** Neither a sandbox where root has none, nor anything that a browser asks of the network by itself. */
const FLAGS = [
  ...["--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
]

/** The Chromium of this machine; `undefined` when it has none. `CHROMIUM_PATH` names one that is elsewhere. */
export const executablePath = [process.env["CHROMIUM_PATH"] ?? "", ...PLACES].find(existsSync)

/** Why the browser's tests are skipped where there is none. */
export const NO_CHROMIUM = `no Chromium was found in ${PLACES.join(", ")}; CHROMIUM_PATH may name another`

/** Starts it, without a window. */
export function startChromium(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: FLAGS })
}
