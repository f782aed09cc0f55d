import { writeFile } from "node:fs/promises"
import { z } from "zod"
import { LOCAL_DOCUMENT, readSettings } from "../../environment/settings/read.js"
import { secretValues } from "../../environment/settings/secret-values.js"
import { SettingsError, type Settings } from "../../environment/settings/settings.js"
import { interruption } from "../../host/interruption.js"
import { redactor } from "../../host/redact.js"
import { EXIT } from "../../pipeline/outcome.js"
import { flags } from "../../release/command-line.js"
import type { Target } from "../../targets/target.js"
import { openTarget } from "../../targets/targets.js"
import { UsageError } from "../../usage-error.js"
import { DeployFailure } from "../work.js"
import { expectPlace } from "./place.js"

/** The flags that every program of an environment takes. */
const COMMON = {
  environment: z.string("<name>").regex(/^[a-z][a-z\d-]{0,30}$/, "to be small letters, digits and hyphens"),
  result: z.string().optional(),
}

type Common = typeof COMMON

/** What a program works with. */
export interface Opened<Options> {
  readonly options: Options
  readonly settings: Settings
  readonly target: Target
  /** Prints a line, secrets taken out. */
  readonly say: (line: string) => void
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
}

/** What a program came to. */
export interface Finished {
  readonly exitCode: number
  /** Written to the file of `--result`. */
  readonly result: object
}

/**
 * Runs a program of an environment. Its settings are in the environment variable SETTINGS, since arguments can be seen by
 * everybody on a machine. The one place where an error becomes text and an exit code: 1 when it is not possible, 2 for
 * wrong use and wrong settings. An error that nobody expected keeps its stack.
 */
export async function inEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  action: (opened: Opened<z.output<z.ZodObject<Shape & Common>>>) => Promise<Finished>,
): Promise<void> {
  const secrets = redactor(process.env)
  const say = (line: string) => void process.stdout.write(`${secrets.redact(line)}\n`)
  try {
    const options = flags<Shape & Common>(process.argv.slice(2), { ...shape, ...COMMON })
    const { environment, result } = z.object(COMMON).parse(options)
    const settings = readSettings(environment, documentOf(environment, secrets.learn))
    expectPlace(settings)
    const finished = await withTarget({ settings, say }, (target) => {
      secrets.learn(target.databaseUrl)
      return action({
        options,
        settings,
        target,
        say,
        signal: interruption(new DeployFailure("interrupted")),
      })
    })
    if (result !== undefined)
      await writeFile(result, secrets.redact(JSON.stringify(finished.result, null, 2)))
    process.exitCode = finished.exitCode
  } catch (error) {
    say(textOf(error))
    process.exitCode =
      error instanceof UsageError || error instanceof SettingsError ? EXIT.usage : EXIT.failed
  }
}

function documentOf(environment: string, learn: (secret: string) => void): string {
  const document = process.env["SETTINGS"] ?? ""
  // What the programs start has no business with it.
  delete process.env["SETTINGS"]
  if (document === "" && environment === "local") return LOCAL_DOCUMENT
  if (document === "")
    throw new UsageError(
      `expected --settings env://NAME or file://path with the settings of ${environment}, received none`,
    )
  for (const secret of secretValues(document)) learn(secret)
  return document
}

async function withTarget<Result>(
  { settings, say }: Pick<Opened<unknown>, "settings" | "say">,
  action: (target: Target) => Promise<Result>,
): Promise<Result> {
  const target = await openTarget(settings, (text) => say(`      ${text}`))
  try {
    return await action(target)
  } finally {
    await target.close()
  }
}

/** An error that says what was expected says all there is to say; any other one keeps its stack. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isExpected = error instanceof SettingsError || error.message.startsWith("expected ")
  return isExpected ? `error: ${error.message}` : (error.stack ?? error.message)
}
