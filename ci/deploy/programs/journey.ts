import { executablePath, NO_CHROMIUM, startChromium } from "../../journey/chromium.js"
import { journey } from "../../journey/journey.js"
import { EXIT } from "../../pipeline/outcome.js"
import { request } from "../../smoke/request.js"
import { withSandboxKey } from "../sandbox-key.js"
import { DeployFailure } from "../work.js"
import { BY } from "./caller.js"
import { inEnvironment } from "./program.js"
import { withLock } from "./with-lock.js"

/** `npm run journey -- --environment … [--by …] [--result <file>]`, with the settings in SETTINGS: what serves, in a real browser. */
await inEnvironment(BY, async (opened) => {
  const { target, say, signal } = opened
  const { publicUrl: url } = target
  const order = await target.serving()
  if (!order) throw new DeployFailure("expected something to serve, found nothing; deploy first")
  if (executablePath === undefined) throw new DeployFailure(`expected a browser: ${NO_CHROMIUM}`)
  const browser = await startChromium(executablePath)
  try {
    await withLock(opened, () =>
      withSandboxKey({ target, order, say }, signal, async (key) => {
        const workflow = await journey(browser, { url, key })
        await request(`${url}/api/workflows/${workflow}`, { method: "DELETE", key })
      }),
    )
    say(`A workflow was written, run, seen to succeed and removed in a browser, at ${url}`)
    return { exitCode: EXIT.passed, result: { url } }
  } finally {
    await browser.close()
  }
})
