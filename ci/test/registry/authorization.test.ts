import { expect, test } from "vitest"
import { registryAddress } from "../../registry/address.js"
import { authorization } from "../../registry/authorization.js"
import { digestAt } from "../../registry/manifests.js"
import { CREDENTIALS, playedRegistry, type Reply, type Script } from "./played-registry.js"

const DIGEST = `sha256:${"a1".repeat(32)}`
const HERE: Reply = { status: 200, headers: { "docker-content-digest": DIGEST } }
const BASIC = `Basic ${Buffer.from("publisher:moonlight-on-the-water").toString("base64")}`

/** Asks for a token of its own; gives one to those whom it knows. */
function withTokens(token: (authorization: string | undefined) => Reply): Script {
  return ({ line, authorization }, origin) => {
    if (line.startsWith("GET /token?")) return token(authorization)
    if (authorization === "Bearer a-token") return HERE
    const challenge = `Bearer realm="${origin}/token",service="the service",scope="ignored"`
    return { status: 401, headers: { "www-authenticate": challenge } }
  }
}

const lines = (asked: readonly { line: string }[]) => asked.map(({ line }) => decodeURIComponent(line))
const HEAD = "HEAD /v2/team/image/manifests/v1"

test("a registry that lets everybody in is asked once", async () => {
  const { anonymous, asked } = await playedRegistry(() => HERE)
  expect(await digestAt(anonymous, "v1")).toBe(DIGEST)
  expect(asked).toEqual([{ line: HEAD, authorization: undefined, body: "" }])
})

test("Basic credentials are given when they are asked for, and remembered", async () => {
  const { known, asked } = await playedRegistry(({ authorization }) =>
    authorization === BASIC ? HERE : { status: 401, headers: { "www-authenticate": 'Basic realm="here"' } },
  )
  await digestAt(known, "v1")
  await digestAt(known, "v1")
  expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC])
})

test.each(["token", "access_token"])(
  "a token under the name %s is fetched with the credentials",
  async (name) => {
    const { known, asked } = await playedRegistry(
      withTokens((authorization) =>
        authorization === BASIC
          ? { status: 200, body: JSON.stringify({ [name]: "a-token" }) }
          : { status: 401 },
      ),
    )
    expect(await digestAt(known, "v1")).toBe(DIGEST)
    const token = "GET /token?service=the+service&scope=repository:team/image:pull,push"
    expect(lines(asked)).toEqual([HEAD, token, HEAD])
  },
)

test("whoever has no credentials asks for a token to read with", async () => {
  const { anonymous, asked } = await playedRegistry(
    withTokens(() => ({ status: 200, body: JSON.stringify({ token: "a-token" }) })),
  )
  expect(await digestAt(anonymous, "v1")).toBe(DIGEST)
  expect(lines(asked)[1]).toContain("scope=repository:team/image:pull")
  expect(lines(asked)[1]).not.toContain("push")
})

test("a token that has run out is replaced", async () => {
  let given = 0
  let oldest = 1
  const { known } = await playedRegistry(({ line, authorization = "" }, origin) => {
    if (line.startsWith("GET /token?")) return { status: 200, body: JSON.stringify({ token: `${++given}` }) }
    const isValid = Number(authorization.replace("Bearer ", "")) >= oldest
    return isValid ? HERE : { status: 401, headers: { "www-authenticate": `Bearer realm="${origin}/token"` } }
  })
  await digestAt(known, "v1")
  await digestAt(known, "v1")
  expect(given).toBe(1)
  oldest = 2
  expect(await digestAt(known, "v1")).toBe(DIGEST)
  expect(given).toBe(2)
})

test.each<[string, Script]>([
  ["Basic", () => ({ status: 401, headers: { "www-authenticate": 'Basic realm="here"' } })],
  ["the token service", withTokens(() => ({ status: 401 }))],
  ["the token service, forbidding", withTokens(() => ({ status: 403 }))],
  ["the registry, forbidding", () => ({ status: 403 })],
])(
  "wrong credentials for %s are told with the user and what to check, never the password",
  async (_, script) => {
    const { known, host } = await playedRegistry(script)
    const error = await digestAt(known, "v1").catch((error: unknown) => error as Error)
    const message = error instanceof Error ? error.message : ""
    expect(message).toContain(`${host}/team: expected to let in the user publisher, received 40`)
    expect(message).toContain("check --registry-user and the environment variable REGISTRY_PASSWORD")
    for (const secret of [CREDENTIALS.password, BASIC.slice(6)]) expect(message).not.toContain(secret)
  },
)

test("no credentials where some are asked for are told so", async () => {
  const basic = { status: 401, headers: { "www-authenticate": 'Basic realm="here"' } }
  const { anonymous } = await playedRegistry(() => basic)
  await expect(digestAt(anonymous, "v1")).rejects.toThrow("give --registry-user and the environment variable")
})

test("the credentials go to no token service without TLS when the registry has it", async () => {
  const login = { address: registryAddress("registry.test/team"), credentials: CREDENTIALS }
  const challenge = 'Bearer realm="http://auth.test/token"'
  await expect(authorization(login, challenge, "scope")).rejects.toThrow(
    "registry.test/team: expected the address of its token service, over https where the registry is; received http://auth.test/token",
  )
})
