import { once } from "node:events"
import { execa } from "execa"
import { expect, test } from "vitest"

test.each([
  ["once", 1],
  ["twice, since npm passes it on", 2],
])("a program that has children and is interrupted %s ends in its own way", async (_, times) => {
  const argv = ["--import", "tsx", "ci/test/host/interrupted.ts"]
  const program = execa(process.execPath, argv, { reject: false })
  await once(program.stdout, "data")
  for (let sent = 0; sent < times; sent++) program.kill("SIGTERM")
  expect(await program).toMatchObject({ exitCode: 3, stdout: "ready\nthe reason" })
})
