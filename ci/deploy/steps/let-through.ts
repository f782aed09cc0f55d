import { DeployFailure, type Work } from "../work.js"

/**
 * Says of each problem that `--allow-breaking` lets it through.
 * @param refusal what the deploy ends with otherwise
 * @throws DeployFailure when there are problems, and nobody said so
 */
export function letThrough(
  { allowBreaking, say }: Work,
  problems: readonly string[],
  refusal: () => string,
): void {
  if (problems.length > 0 && !allowBreaking) throw new DeployFailure(refusal())
  problems.forEach((problem) => say(`let through by --allow-breaking: ${problem}`))
}
