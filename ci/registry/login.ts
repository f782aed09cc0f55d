import type { RegistryAddress } from "./address.js"
import { RegistryFailure } from "./failure.js"

/** Who asks, and where. */
export interface Login {
  readonly address: RegistryAddress
  /** Absent for somebody who may stay unknown. */
  readonly credentials?: Credentials
}

export interface Credentials {
  readonly user: string
  /** A password or a token. */
  readonly password: string
}

/** Credentials as an `Authorization` header has them. */
export const basic = ({ user, password }: Credentials) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`

/** The registry does not let somebody in, or not do what was asked. */
export function refused({ address, credentials }: Login, status: number): RegistryFailure {
  const who = credentials ? `the user ${credentials.user}` : "somebody without credentials"
  const check = credentials
    ? "check --registry-user and the environment variable REGISTRY_PASSWORD, that they may push there, and that the repository exists or may be made"
    : "give --registry-user and the environment variable REGISTRY_PASSWORD"
  return new RegistryFailure(`${address.prefix}: expected to let in ${who}, received ${status}; ${check}`)
}
