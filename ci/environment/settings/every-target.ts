import { z } from "zod"
import { STEPS, type StepName } from "../../pipeline/deploy-steps.js"
import { FINGERPRINT, httpUrl, postgresUrl, store, text, wholeNumber, words } from "./shapes.js"

/** `migrate=900,health gate=60`: whole seconds by step. */
const deadlines = z
  .string()
  .transform((list, context) => {
    const entries = list.split(",").map((each) => each.split("=").map((part) => part.trim()))
    for (const [step = "", seconds = ""] of entries)
      if (!STEPS.some((name) => name === step) || !/^\d{1,5}$/.test(seconds)) context.addIssue("wrong")
    return Object.fromEntries(entries.map(([step, seconds]) => [step, Number(seconds)])) as Partial<
      Record<StepName, number>
    >
  })
  .describe(`seconds by step, such as migrate=900,smoke=60; the steps are ${STEPS.join(", ")}`)

/** The delivery's own settings that every environment can have. A description says what is expected. */
export const everyTarget = z.object({
  /** How the deploy reaches the database, where that is not how the server does; through a tunnel, say. */
  DEPLOY_DATABASE_URL: postgresUrl.optional(),
  /** The names of those keys in this document that belong to a sandbox account of their service. */
  SANDBOX_KEYS: words("names of settings, separated by commas").default([]),
  /** Fingerprints of the other environments' keys, as their deploys print them. */
  OTHER_FINGERPRINTS: words("environment:NAME:salt:hash as a deploy prints them, separated by commas")
    .refine((texts) => texts.every((text) => FINGERPRINT.test(text)))
    .default([]),
  DEADLINES: deadlines.default({}),
  /** From how many rows on a table counts as large, so that no migration may rewrite or lock it unasked. */
  LARGE_TABLE_ROWS: wholeNumber(1, 999_999_999).default(100_000),
  /** Where backups go: a folder, or `s3://bucket/prefix`. */
  BACKUP_STORE: store.optional(),
  BACKUP_S3_ENDPOINT: httpUrl.optional(),
  BACKUP_S3_REGION: text("a region such as us-east-1").default("us-east-1"),
  BACKUP_S3_ACCESS_KEY: text("an access key").optional(),
  BACKUP_S3_SECRET_KEY: text("a secret key").optional(),
  /** An age identity, made by `age-keygen`; backups are encrypted when it is set. */
  BACKUP_KEY: z
    .string()
    .regex(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/)
    .describe("an age identity, AGE-SECRET-KEY-1…, as age-keygen makes it")
    .optional(),
  /** The newest this many backups are kept, and those that are no older than BACKUP_KEEP_DAYS. */
  BACKUP_KEEP: wholeNumber(1, 10_000).default(14),
  BACKUP_KEEP_DAYS: wholeNumber(0, 10_000).default(30),
})
