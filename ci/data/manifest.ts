import { Readable } from "node:stream"
import { text } from "node:stream/consumers"
import { z } from "zod"
import type { Store } from "./store/store.js"

/** What stands beside a dump, as `<name>.json`, once it was restored and counted. A dump without it was never proved. */
export const Manifest = z.object({
  schemaVersion: z.literal(1),
  name: z.string(),
  /** Whose data it is. */
  environment: z.string(),
  /** The dump's file in the same store. */
  file: z.string(),
  /** Of that file. */
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[a-f\d]{64}$/),
  /** Rows by table. */
  counts: z.record(z.string(), z.number().int().nonnegative()),
  /** Major version of the server that was dumped. */
  server: z.number().int(),
  /** Whether it was restored and counted, or why not. */
  proof: z.union([z.literal("restored and counted"), z.string().regex(/^not proved: /)]),
})
export type Manifest = z.infer<typeof Manifest>

const fileOf = (name: string) => `${name}.json`

/** Puts a manifest beside its dump. */
export function writeManifest(store: Store, manifest: Manifest, signal: AbortSignal): Promise<void> {
  const content = Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)])
  return store.put(fileOf(manifest.name), content, signal)
}

/**
 * What stands beside a dump; undefined when nothing does.
 * @throws when it can't be read
 */
export async function readManifest(
  store: Store,
  name: string,
  signal: AbortSignal,
): Promise<Manifest | undefined> {
  if (!(await store.list()).includes(fileOf(name))) return undefined
  const content = await text(await store.get(fileOf(name), signal))
  const read = Manifest.safeParse(parsed(content))
  if (read.success) return read.data
  throw new Error(
    `expected what backup wrote in ${store.location(fileOf(name))}, found something else; take another backup`,
  )
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
