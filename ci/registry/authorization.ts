import { challenges } from "./challenge.js"
import { RegistryFailure } from "./failure.js"
import { basic, refused, type Login } from "./login.js"
import { token, tokenUrl } from "./token.js"

/**
 * The `Authorization` header that answers a 401, by what its challenge asks for: the credentials themselves, or a token
 * that is fetched with them (https://distribution.github.io/distribution/spec/auth/token/).
 * @param challenge the `WWW-Authenticate` header
 * @param scope `repository:<name>:<actions>`
 * @throws RegistryFailure
 */
export async function authorization(login: Login, challenge: string, scope: string): Promise<string> {
  const offered = challenges(challenge)
  const bearer = offered.find(({ scheme }) => scheme === "bearer")
  if (bearer) return `Bearer ${await token(login, tokenUrl(login, bearer.parameters, scope))}`
  if (!login.credentials) throw refused(login, 401)
  if (offered.some(({ scheme }) => scheme === "basic")) return basic(login.credentials)
  const names = offered.map(({ scheme }) => scheme).join(", ") || "nothing"
  throw new RegistryFailure(
    `${login.address.prefix}: expected a Basic or Bearer challenge, received ${names}`,
  )
}
