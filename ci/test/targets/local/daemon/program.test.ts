import { describe, expect, test } from "vitest"
import type { Deployable } from "../../../../release/deployable.js"
import {
  buildFolder,
  clientProgram,
  oneOffProgram,
  serverProgram,
} from "../../../../targets/local/daemon/program.js"
import { placesIn } from "../../../../targets/local/places.js"

const release = {
  ...{ schemaVersion: 1 as const, commit: "a".repeat(40), build: "b".repeat(64) },
  ...{ migrations: [], tables: {} },
}
const places = placesIn("state")
const around = {
  ...{ places, databaseUrl: "postgresql://own", temporary: "state/tmp" },
  publicUrl: () => "http://127.0.0.1:8088",
}

describe("the server of a release", () => {
  const of = (variables: Record<string, string>) =>
    serverProgram({ release, version: "v1.0.0", variables }, 1234, around)

  test("runs in its folder, on its port, and says which build it is", () => {
    const { argv, folder, environment } = of({})
    expect(argv).toEqual([process.execPath, "dist/main.js"])
    expect(folder).toBe(`${places.releases}/${release.build}/server`)
    expect(environment).toMatchObject({
      ...{ HOST: "127.0.0.1", PORT: "1234", DATABASE_URL: "postgresql://own" },
      ...{ COMMIT: `${release.commit}+bbbbbbbb`, DEFAULT_CONNECTOR: "sandbox" },
      ...{ CORS_ORIGINS: "http://127.0.0.1:8088", DOTENV_CONFIG_PATH: "/dev/null", TMPDIR: "state/tmp" },
    })
  })

  test("settings choose the connector, and neither database nor address", () => {
    const { environment } = of({ DEFAULT_CONNECTOR: "openai", DATABASE_URL: "x", PORT: "1", HOST: "0.0.0.0" })
    expect(environment).toMatchObject({
      ...{ DEFAULT_CONNECTOR: "openai", DATABASE_URL: "postgresql://own" },
      ...{ PORT: "1234", HOST: "127.0.0.1" },
    })
  })
})

test("a command that runs once has the server's variables, and npx downloads nothing for it", () => {
  const ordered = { release, version: "v1.0.0", variables: { PGOPTIONS: "-c lock_timeout=2000" } }
  const { argv, environment } = oneOffProgram(ordered, ["npx", "prisma"], around)
  expect(argv).toEqual(["npx", "prisma"])
  expect(environment).toMatchObject({
    ...{ DATABASE_URL: "postgresql://own", PGOPTIONS: "-c lock_timeout=2000" },
    ...{ npm_config_offline: "true", npm_config_yes: "false" },
  })
  expect(environment["PATH"]).toMatch(/node_modules\/\.bin:/)
})

test("the client gets no variables of the environment", () => {
  const { argv, environment } = clientProgram({ release, version: "v1" }, 1235, around)
  expect(argv.slice(2)).toEqual([
    ...[`${places.releases}/${release.build}/client`, "1235", "/config.js"],
    'window.APP_CONFIG = { apiBaseUrl: "" }\n',
  ])
  expect(environment).not.toHaveProperty("DATABASE_URL")
})

test("a record of images can't run here", () => {
  const image = { reference: "r@sha256:1", digest: "sha256:1", sbom: "sha256:2" }
  const images: Deployable = {
    ...{ schemaVersion: 1, commit: release.commit, images: { server: image, client: image } },
    migrations: [],
  }
  expect(() => buildFolder(places, images)).toThrow("expected a build of this machine")
})
