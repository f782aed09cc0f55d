import type { BuiltRecord } from "../../../release/deployable.js"

/** A release that is well formed and exists nowhere. */
export const RELEASE: BuiltRecord = {
  schemaVersion: 1,
  commit: "c0".repeat(20),
  build: "b1".repeat(32),
  migrations: [{ name: "20261101000000_init", checksum: "a1".repeat(32) }],
  tables: { runs: ["id"] },
}
