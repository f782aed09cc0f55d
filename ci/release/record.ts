import { z } from "zod"
import { Digest } from "../registry/descriptor.js"

/** A commit of git: 40 hexadecimal digits. */
export const Commit = z.string("<sha>").regex(/^[a-f\d]{40}$/, "to be the 40 hexadecimal digits of a commit")

const Image = z
  .strictObject({
    /** Names the image for a deploy: `<address>/<name>@<digest>`. */
    reference: z.string(),
    digest: Digest,
    /** Digest of the manifest of its software bill of materials, which is attached to it. */
    sbom: Digest,
  })
  .refine(({ reference, digest }) => reference.endsWith(`@${digest}`), "the reference has another digest")

/** In the order in which they are applied. */
export const MIGRATIONS = z.array(
  z.strictObject({
    name: z.string(),
    /** SHA-256 of `migration.sql`, as Prisma keeps it in `_prisma_migrations`. */
    checksum: z.string().regex(/^[a-f\d]{64}$/),
  }),
)

/** The tables that the server reads and writes, each with its columns, as the database names them. */
export const TABLES = z.record(z.string(), z.array(z.string()))

/**
 * What a commit was published as, and what every environment deploys. It has no time in it, so that publishing the same
 * again gives the same bytes.
 */
export const ReleaseRecord = z.strictObject({
  schemaVersion: z.literal(1),
  commit: Commit,
  images: z.strictObject({ server: Image, client: Image }),
  migrations: MIGRATIONS,
  /** Absent from records of before there were deploys. */
  tables: TABLES.optional(),
})
export type ReleaseRecord = z.infer<typeof ReleaseRecord>
