import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { migrationsIn } from "../../release/migrations.js"

async function migrations(scripts: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, "migration_lock.toml"), 'provider = "postgresql"\n')
  for (const [name, script] of Object.entries(scripts)) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, "migration.sql"), script)
  }
  return folder
}

test("migrations are in the order in which they are applied, each with the checksum that Prisma keeps", async () => {
  const folder = await migrations({ "2_second": "SELECT 2;\n", "1_first": "" })
  expect(await migrationsIn(folder)).toEqual([
    { name: "1_first", checksum: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { name: "2_second", checksum: "a41109d24069b4822ddc5f367b25d484dc7e839bff338ce7a3e5da641caacda0" },
  ])
})

test("a migration without its script is an error", async () => {
  const folder = await migrations({})
  await mkdir(join(folder, "1_empty"))
  await expect(migrationsIn(folder)).rejects.toThrow(/ENOENT.*1_empty/)
})
