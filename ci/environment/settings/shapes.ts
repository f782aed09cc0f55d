import { z } from "zod"

/** `expected …`, for the error; every schema of a setting has one. */
export const text = (expected: string) => z.string().describe(expected)

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .describe(`a whole number from ${least} to ${most}`)

export const port = wholeNumber(1, 65_535)

export const httpUrl = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ""))
  .describe("an http or https URL")

export const postgresUrl = z
  .url({ protocol: /^postgres(ql)?$/ })
  .describe("a URL such as postgresql://user:password@host:5432/database")

/** Bucket and prefix of an S3-compatible store. */
export const S3_ADDRESS = /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<prefix>.*))?$/

export const store = z
  .string()
  .refine((place) => !place.startsWith("s3:") || S3_ADDRESS.test(place))
  .describe("a folder, or s3://bucket/prefix")

/** `environment:NAME:salt:hash`, as a deploy prints it. */
export const FINGERPRINT = /^([^:,\s]+):(\w+):([\w-]{22}):([\w-]{43})$/

/** Words separated by commas or blanks. */
export const words = (expected: string) =>
  z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .describe(expected)
