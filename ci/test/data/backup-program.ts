import { backUp } from "../../data/backup.js"
import { everyTarget } from "../../environment/settings/every-target.js"

/** Backs up as a process of its own, for a test that kills it: `tsx backup-program.ts <folder>`, with DATABASE_URL. */
const databaseUrl = process.env["DATABASE_URL"] ?? ""
const settings = {
  ...everyTarget.parse({ BACKUP_STORE: process.argv[2] }),
  environment: "staging",
  platform: {},
}
const target = { name: "local", databaseUrl }
const context = { settings, target, databaseUrlForServer: databaseUrl, say: console.error }
await backUp(context, new AbortController().signal)
