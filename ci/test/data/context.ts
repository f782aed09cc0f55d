import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import type { DataContext } from "../../data/context.js"
import { everyTarget } from "../../environment/settings/every-target.js"

/** What a test says otherwise about an environment. */
export interface Given {
  readonly url: string
  readonly environment?: string
  /** The target's name. */
  readonly target?: string
  readonly settings?: Readonly<Record<string, string>>
}

/** An environment on a database, with a folder of the test's own as store; `said` fills with what it says. */
export function dataContext({ url, environment = "staging", target = "local", settings = {} }: Given) {
  const said: string[] = []
  const store = settings["BACKUP_STORE"] ?? folderOfTest()
  const read = everyTarget.parse({ BACKUP_STORE: store, ...settings })
  const context: DataContext = {
    settings: { ...read, environment, platform: {} },
    target: { name: target, databaseUrl: url },
    databaseUrlForServer: url,
    say: (line) => said.push(line),
  }
  return { context, said, store }
}

/** A folder that goes with the test. */
export function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), "aca-data-"))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** The signal of a test that aborts nothing. */
export const never = new AbortController().signal
