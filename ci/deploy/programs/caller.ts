import { z } from "zod"
import { account } from "../../host/account.js"

/** The flag of whoever takes the lock. */
export const BY = { by: z.string().max(100, "to be at most 100 characters").optional() }

/** Flags of whoever changes what serves. */
export const CALLER = {
  wait: z
    .string()
    .regex(/^\d{1,6}$/, "to be whole seconds")
    .optional(),
  "dry-run": z.literal("true", "to be true").optional(),
  ...BY,
}

/** Who it is, for the history. */
export function caller({ by }: { readonly by?: string | undefined }): string {
  return by ?? account()
}

/** How long to wait for the lock, in milliseconds. */
export const waitMs = ({ wait = "0" }: { readonly wait?: string | undefined }) => Number(wait) * 1000

/** A flag on the command line of a program: `true`, or not there. */
export const isOn = (flag: string | undefined) => flag === "true"
