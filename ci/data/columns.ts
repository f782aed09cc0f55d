/**
 * What `sanitize` puts in a column's place: `keep` leaves it; `lorem` is filler text as long as what was there; `hash`
 * is a short name, alike for alike values of one sanitized dump; `null` nothing; `fixed` the same words everywhere.
 */
export type Treatment = "keep" | "lorem" | "hash" | "null" | { readonly fixed: string }

/** A table without its rows, or what becomes of each column. */
export type Declaration = "empty" | Readonly<Record<string, Treatment>>

/**
 * Every table that a dump of the platform may hold, with every column. A column that is missing here is never let out:
 * add it together with its migration, and ask whether a person's or a customer's words can stand in it.
 */
export const DECLARED: Readonly<Record<string, Declaration>> = {
  "public.workflows": { id: "keep", number: "keep", goal: "lorem", connector: "keep", created_at: "keep" },
  "public.workflow_steps": { workflow_id: "keep", position: "keep", name: "hash", prompt: "lorem" },
  "public.runs": {
    id: "keep",
    number: "keep",
    workflow_id: "keep",
    status: "keep",
    version: "keep",
    error: "lorem",
    created_at: "keep",
    started_at: "keep",
    finished_at: "keep",
  },
  "public.run_steps": {
    run_id: "keep",
    position: "keep",
    name: "hash",
    prompt: "lorem",
    status: "keep",
    output: "lorem",
    error: "lorem",
    fencing_token: "keep",
    lease_expires_at: "keep",
    called_at: "keep",
    started_at: "keep",
    finished_at: "keep",
    duration_ms: "keep",
  },
  "public.api_keys": "empty",
  "public._prisma_migrations": {
    id: "keep",
    checksum: "keep",
    finished_at: "keep",
    migration_name: "keep",
    // The database's words about a failed migration can quote a row.
    logs: "null",
    rolled_back_at: "keep",
    started_at: "keep",
    applied_steps_count: "keep",
  },
  "delivery.environment": { is_the_only: "keep", name: "keep", since: "keep" },
  "delivery.schema_steps": { version: "keep", applied_at: "keep" },
  "delivery.sanitized": { at: "keep" },
  // Salted, and of use where the copy goes: it is how a key in both environments is noticed.
  "delivery.fingerprints": { environment: "keep", name: "keep", salt: "keep", hash: "keep" },
  "delivery.deployments": "empty",
  "delivery.steps": "empty",
  "delivery.lock": "empty",
}
