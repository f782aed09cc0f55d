import { dag } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"
import { project } from "../../pipeline/project.js"
import { Delivery, TestedPackage } from "../../src/index.js"
import { commandOf, runsOf, stepsOf } from "./engine/chains.js"
import { execError, whole, withFakeEngine, type Answer } from "./engine/fake-engine.js"

const delivery = () => new Delivery(dag.directory(), dag.directory())
const history = () => dag.directory()
const CANARY = "canary-in-the-coal-mine"
const secret = () => dag.setSecret("secret", CANARY)
const RECORD = '{ "commit": "abc" }'

/** Answers as a registry that has a record, or has none, and as an engine that has pushed. */
const registry =
  (record: string): Answer =>
  (calls) => {
    const command = calls.flatMap(commandOf)
    if (calls.at(-1)?.name === "stdout") return command.includes("find") ? record : RECORD
    const address = calls.at(-1)?.args["address"]
    return calls.at(-1)?.name === "publish" ? `${String(address)}@sha256:${"a".repeat(64)}` : undefined
  }

const publish = (releaseTag = "", platform = "") =>
  delivery().publish("http://host:5000/team", "abc", "me", secret(), "", platform, releaseTag)

describe("the layers of a stage", () => {
  test("the dependencies are installed from the manifests alone, before any source is there", async () => {
    const { asked } = await withFakeEngine(() => delivery().typecheck())
    const [run] = runsOf(asked, "typecheck")
    const commands = (run ?? []).map((call) => [call.name, ...commandOf(call)].join(" "))
    const install = commands.findIndex((command) => command.startsWith("withExec npm ci"))
    expect(commands.slice(0, install).filter((command) => command === "withDirectory")).toHaveLength(1)
    const manifests = whole(asked, run?.slice(0, install) ?? []).find(({ name }) => name === "filter")
    expect(manifests?.args["include"]).toEqual(
      expect.arrayContaining(["package-lock.json", "server/package.json"]),
    )
  })

  test("the server's tests have a PostgreSQL, and read nothing of the client", async () => {
    const { asked } = await withFakeEngine(() => delivery().test(TestedPackage.server))
    const [run = []] = runsOf(asked, "test:server")
    expect(stepsOf(run, "withServiceBinding")).toMatchObject([{ args: { alias: "database" } }])
    expect(stepsOf(whole(asked, run), "from").map(({ args }) => args["address"])).toContain(
      project.bases.postgres,
    )
    expect(JSON.stringify(whole(asked, run))).not.toContain("client/**")
    expect(runsOf(asked, "test:client")).toEqual([])
  })

  test("the client's tests have none, and read nothing of the server", async () => {
    const { asked } = await withFakeEngine(() => delivery().test(TestedPackage.client))
    const [run = []] = runsOf(asked, "test:client")
    expect(stepsOf(run, "withServiceBinding")).toEqual([])
    expect(JSON.stringify(whole(asked, run))).not.toContain("server/**")
  })

  test("an image is built from its Dockerfile, from its own package and the manifests", async () => {
    const { asked } = await withFakeEngine(() => delivery().serverImage("abc", "https://code.example").sync())
    const [build] = stepsOf(asked.queries.flat(), "dockerBuild")
    expect(build?.args).toMatchObject({
      dockerfile: "server/Dockerfile",
      buildArgs: [
        { name: "COMMIT", value: "abc" },
        { name: "SOURCE", value: "https://code.example" },
      ],
    })
    expect(JSON.stringify(asked.queries)).not.toContain("client/**")
  })
})

describe("check", () => {
  test("runs every stage and says how each ended", async () => {
    const { result } = await withFakeEngine(() => delivery().check(history()))
    const stages = String(result).split("\n")
    expect(stages).toContain("passed   test-server")
    expect(stages).toHaveLength(13)
  })

  test("ends with what failed, what it printed, and goes on with all others", async () => {
    const fails: Answer = (calls) =>
      calls.some((call) => commandOf(call).includes("lint")) ? execError(1, "a.ts:1 is bad") : undefined
    const { result } = await withFakeEngine(
      () => delivery().check(history()),
      (calls) => (calls.at(-1)?.name === "stdout" ? "" : fails(calls)),
    )
    expect(String(result)).toContain("a.ts:1 is bad")
    expect(String(result)).toContain("failed   lint")
    expect(String(result)).toContain("passed   typecheck")
  })

  test("does not fail for a stage that could not do its work through nobody's fault", async () => {
    const skips: Answer = (calls) =>
      calls.some((call) => commandOf(call).includes("audit:dependencies"))
        ? execError(75, "the registry is away")
        : undefined
    const { result } = await withFakeEngine(() => delivery().check(history()), skips)
    expect(String(result)).toContain("skipped  audit-dependencies: the registry is away")
  })

  test("runs nothing that needs the database client when that can't be made", async () => {
    const { asked, result } = await withFakeEngine(
      () => delivery().check(history()),
      (calls) =>
        calls.at(-1)?.name === "sync" && calls.some((call) => commandOf(call).includes("generate"))
          ? execError(1, "the schema is wrong")
          : undefined,
    )
    expect(String(result)).toContain("skipped  typecheck: needs generate, which did not pass")
    expect(runsOf(asked, "typecheck")).toEqual([])
  })
})

describe("publish", () => {
  test("pushes both images, tagged by commit, with the password as a secret, then records their digests", async () => {
    const { asked, result } = await withFakeEngine(() => publish(), registry(""))
    const pushes = asked.queries.filter((calls) => calls.at(-1)?.name === "publish")
    expect(pushes.map((calls) => calls.at(-1)?.args["address"]).sort()).toEqual([
      "host:5000/team/agent-backend:abc",
      "host:5000/team/agent-frontend:abc",
    ])
    for (const calls of pushes) {
      const [auth] = stepsOf(calls, "withRegistryAuth")
      expect(auth?.args).toMatchObject({ address: "host:5000", username: "me" })
      expect(JSON.stringify(whole(asked, auth ? [auth] : []))).toContain("setSecret")
    }
    const [record = []] = runsOf(asked, "record")
    const digest = `sha256:${"a".repeat(64)}`
    expect(commandOf(record.at(-1) ?? { name: "", args: {} })).toEqual(
      expect.arrayContaining([
        `host:5000/team/agent-backend@${digest}`,
        `host:5000/team/agent-frontend@${digest}`,
      ]),
    )
    expect(result).toBe(RECORD)
  })

  test("builds nothing when the commit has a record", async () => {
    const { asked, result } = await withFakeEngine(() => publish(), registry(RECORD))
    expect(result).toBe(RECORD)
    expect(asked.text).not.toMatch(/dockerBuild|publish/)
  })

  test("builds nothing for a release tag", async () => {
    const { asked } = await withFakeEngine(() => publish("v1.2.3"), registry(""))
    expect(asked.text).not.toMatch(/dockerBuild|publish/)
    expect(runsOf(asked, "promote", "--release-tag", "v1.2.3")).toHaveLength(1)
  })

  test("builds every platform that is asked for", async () => {
    const { asked } = await withFakeEngine(() => publish("", "linux/amd64,linux/arm64"), registry(""))
    const built = whole(asked, asked.queries.findLast((calls) => calls.at(-1)?.name === "publish") ?? [])
    expect(stepsOf(built, "dockerBuild").map(({ args }) => args["platform"])).toEqual(
      expect.arrayContaining(["linux/amd64", "linux/arm64"]),
    )
  })

  test("is tried again when the registry is away, and not when it refuses", async () => {
    let tries = 0
    const refusing =
      (message: string): Answer =>
      (calls) => {
        if (calls.at(-1)?.name !== "publish") return registry("")(calls)
        tries++
        return tries === 1 ? { message, path: [] } : registry("")(calls)
      }
    const { result } = await withFakeEngine(
      () => publish(),
      refusing("unexpected status: 503 Service Unavailable"),
    )
    expect(result).toBe(RECORD)
    tries = 0
    const refused = await withFakeEngine(() => publish(), refusing("401 Unauthorized"))
    expect(String(refused.result)).toContain("401 Unauthorized")
  })
})

/** What has to do with an environment, each called with its settings. */
const ENVIRONMENTS = [
  { name: "deploy", call: () => delivery().deploy("staging", secret(), dag.file("release.json", "{}")) },
  { name: "rollback", call: () => delivery().rollback("staging", secret()) },
  { name: "deployments", call: () => delivery().deployments("staging", secret()) },
  { name: "journey", call: () => delivery().journey("staging", secret()) },
  { name: "backup", call: () => delivery().backup("staging", secret()) },
  { name: "restore", call: () => delivery().restore("staging", secret()) },
  { name: "seed", call: () => delivery().seed("staging", secret()) },
  { name: "sanitize", call: () => delivery().sanitize("staging", secret(), "s3://bucket/prefix") },
]

describe("what has to do with an environment", () => {
  test.each(ENVIRONMENTS)(
    "$name reaches it with a docker that today's daemons take",
    async ({ name, call }) => {
      const { asked } = await withFakeEngine(call)
      const [run = []] = runsOf(asked, name)
      const steps = whole(asked, run)
      expect(stepsOf(steps, "from").map(({ args }) => args["address"])).toContain(project.bases.docker)
      expect(stepsOf(steps, "withFile").map(({ args }) => args["path"])).toContain("/usr/local/bin/docker")
    },
  )

  test("a data function says who called", async () => {
    const { asked } = await withFakeEngine(() => delivery().seed("staging", secret(), "ada"))
    expect(runsOf(asked, "seed")[0]?.flatMap(commandOf)).toContain("--by=ada")
  })
})

describe("what reaches outside", () => {
  const effects = [
    { name: "publish", word: "find", call: () => publish(), answer: registry("") },
    { name: "publish", word: "record", call: () => publish(), answer: registry("") },
    { name: "publish", word: "promote", call: () => publish("v1.2.3"), answer: registry("") },
    { name: "migrate", word: "migrate", call: () => delivery().migrate(secret()) },
    { name: "smoke", word: "smoke", call: () => delivery().smoke("http://host", secret()) },
    ...ENVIRONMENTS.map(({ name, call }) => ({ name, word: name, call })),
  ]

  test.each(effects)("$name runs $word anew each time", async ({ word, call, answer }) => {
    const { asked } = await withFakeEngine(call, answer)
    const [run = []] = runsOf(asked, word)
    expect(run.at(-2)).toMatchObject({ name: "withEnvVariable", args: { name: "NONCE" } })
    const again = await withFakeEngine(call, answer)
    expect(runsOf(again.asked, word)[0]?.at(-2)).not.toEqual(run.at(-2))
  })

  test.each(effects)(
    "$name gives $word its secret as one, nowhere in plain text",
    async ({ call, answer }) => {
      const { asked } = await withFakeEngine(call, answer)
      const plain = asked.queries.filter((calls) => JSON.stringify(calls).includes(CANARY))
      expect(plain.map((calls) => calls.map(({ name }) => name))).toEqual(
        plain.map(() => ["setSecret", "id"]),
      )
      expect(plain).not.toEqual([])
    },
  )
})
