import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { databaseFolder } from "../../../targets/local/database-folder.js"

async function folder(mode: number): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "state-"))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  await chmod(made, mode)
  return join(made, ".local")
}

const isRoot = process.getuid?.() === 0

test("data is beside the state where PostgreSQL's account reaches it", async () => {
  const base = await folder(0o755)
  expect(databaseFolder(base)).toBe(join(base, "database"))
})

test("below a closed folder, root's data has a place of its own for each checkout, and nobody else's has", async () => {
  const [one, other] = [await folder(0o700), await folder(0o700)]
  if (!isRoot) expect(databaseFolder(one)).toBe(join(one, "database"))
  else expect(databaseFolder(one)).toMatch(/^\/var\/lib\/agent-local\/[\da-f]{16}\/database$/)
  expect(databaseFolder(one)).toBe(databaseFolder(one))
  expect(databaseFolder(one)).not.toBe(databaseFolder(other))
})
