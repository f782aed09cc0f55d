import { expect, type TestContext } from "vitest"
import { freePort } from "../../../host/free-port.js"
import { compose, noCompose } from "../docker/compose.js"
import { noDocker } from "../docker/docker.js"
import { startedRegistry, withoutRegistry } from "../registry/registry.js"
import type { Exercise } from "./exercises.js"
import type { Ground } from "./ground.js"
import { runs, stays } from "./shell.js"

/** The README's commands that need a Docker daemon. */
export const WITH_DOCKER: readonly Exercise[] = [
  { commands: ["docker compose up --build"], run: composeUp },
  {
    commands: ["npm run ci -- server-image", "npm run ci -- client-image"],
    run: async ({ whole: { folder } }, context) => {
      context.skip(noDocker !== undefined, noDocker)
      await runs("npm run ci -- server-image --on host", { cwd: folder })
      await runs("npm run ci -- client-image --on host", { cwd: folder })
    },
  },
  {
    commands: [
      "REGISTRY_PASSWORD=… npm run ci -- publish --registry-address=… --registry-user=…",
      "npm run ci -- publish --registry-address … [--release-tag …]",
    ],
    run: publishAndRelease,
  },
]

async function composeUp({ whole: { folder } }: Ground, context: TestContext): Promise<void> {
  const missing = noDocker ?? noCompose
  context.skip(missing !== undefined, missing)
  const [client, server, database] = [await freePort(), await freePort(), await freePort()]
  const ports = `CLIENT_PORT=${client} SERVER_PORT=${server} DATABASE_PORT=${database}`
  const command = `${ports} COMPOSE_PROJECT_NAME=readme ${compose.join(" ")}`
  const up = await stays(`${command} up --build`, '"listening"', folder)
  await up.interrupt()
  await up.ended
  await runs(`${command} down --volumes`, { cwd: folder })
}

async function publishAndRelease({ whole: { folder } }: Ground, context: TestContext): Promise<void> {
  const missing = noDocker ?? withoutRegistry
  context.skip(missing !== undefined, missing)
  const address = await startedRegistry({ accounts: false })
  const publish = `npm run --silent ci -- publish --on host --registry-address=${address} --registry-user=me`
  await runs(`git stash --include-untracked; REGISTRY_PASSWORD=unused ${publish}`, { cwd: folder })
  expect(await runs(`REGISTRY_PASSWORD=unused ${publish} --release-tag=v1.2.3`, { cwd: folder })).toContain(
    `${address}/agent-backend@sha256:`,
  )
}
