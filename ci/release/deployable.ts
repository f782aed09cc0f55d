import { z } from "zod"
import { Commit, MIGRATIONS, ReleaseRecord, TABLES } from "./record.js"

/** A build of this machine, which only the target `local` can run: its files are in `.local/releases/<build>`. */
export const BuiltRecord = z.strictObject({
  schemaVersion: z.literal(1),
  /** The commit that was checked out; the working tree may have had changes. */
  commit: Commit,
  /** SHA-256 over the names and contents of the built files. */
  build: z.string().regex(/^[a-f\d]{64}$/),
  migrations: MIGRATIONS,
  tables: TABLES,
})
export type BuiltRecord = z.infer<typeof BuiltRecord>

/** What can be deployed: the images of a release record, or a build of this machine. */
export const Deployable = z.union([ReleaseRecord, BuiltRecord])
export type Deployable = z.infer<typeof Deployable>

/** Whether it is a build of this machine. */
export const isBuilt = (release: Deployable): release is BuiltRecord => "build" in release

/** What a release's server answers as its commit: builds of one commit can differ, images can't. */
export function revision(release: Deployable): string {
  return isBuilt(release) ? `${release.commit}+${release.build.slice(0, 8)}` : release.commit
}

/** The same for people. */
export function shortRevision(release: Deployable): string {
  const { commit } = release
  return isBuilt(release) ? `${commit.slice(0, 7)}+${release.build.slice(0, 8)}` : commit.slice(0, 12)
}
