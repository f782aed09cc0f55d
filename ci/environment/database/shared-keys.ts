import { isOf, type Fingerprint } from "./fingerprint.js"

/** A key that another environment has, too. */
export interface SharedKey {
  /** The setting that has it here. */
  readonly name: string
  readonly environment: string
  /** The setting that has it there. */
  readonly nameThere: string
}

/** The message names settings and environments, never a value. */
export class SharedKeys extends Error {
  constructor(
    environment: string,
    readonly keys: readonly SharedKey[],
  ) {
    const found = keys.map((key) => `${key.name} is also the ${key.nameThere} of ${key.environment}`)
    super(
      `expected ${environment} to have service keys of its own, but ${found.join("; ")}. Nothing was changed. ` +
        "Give each environment its own key: one that leaks or runs out then stops one environment.",
    )
  }
}

/**
 * Which keys are those of another environment, under whichever name.
 * @param keys values by the names of their settings
 */
export async function sharedKeys(
  keys: Readonly<Record<string, string>>,
  foreign: readonly Fingerprint[],
): Promise<SharedKey[]> {
  const pairs = Object.entries(keys).flatMap(([name, value]) =>
    foreign.map((fingerprint) => ({ name, value, fingerprint })),
  )
  const compared = pairs.map(async ({ name, value, fingerprint }) => {
    const { environment, name: nameThere } = fingerprint
    return (await isOf(fingerprint, value)) ? [{ name, environment, nameThere }] : []
  })
  return (await Promise.all(compared)).flat()
}
