import { z } from 'zod'
import type { Fingerprint } from '#src/db/fingerprint.ts'

/** What the manifest of a night is called. It is written last: a night without one never finished. */
export const manifestName = 'manifest.json'

/** `tenantId` of the admin database, and what stands where a business has its uid. */
export const adminTenantId = 0
export const adminUid = '00000000-0000-0000-0000-000000000000'

/** `backup-123.sql.gz`, as the founding document names it; `backup-admin.sql.gz`. */
export const copyFileName = (tenantId: number) =>
  `backup-${tenantId === adminTenantId ? 'admin' : tenantId}.sql.gz`

/** A Lima day, as a folder is named. */
export function isNight(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const midnight = new Date(`${text}T00:00:00Z`)
  // The thirtieth of February is a day in March.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text)
}

const night = z.string().refine(isNight)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()

const fingerprint: z.ZodType<Fingerprint> = z.object({
  uid: z.string().nullable(),
  position: z.object({ file: z.string(), offset: count, gtid: z.string() }).nullable(),
  tables: z.array(z.object({ name: z.string(), rows: count, checksum: z.string() })),
  sales: z.object({ made: count, centimos: z.number().int() }).nullable(),
  registers: z.array(z.object({ id: count, made: count, lastNumber: count })),
  contentHash: sha256,
  definitionsHash: sha256,
})

const copy = z.object({
  /** 0: the admin database. */
  tenantId: count,
  uid: z.uuid(),
  generation: z.number().int().positive(),
  nombreDb: z.string().min(1),
  serverId: z.number().int().positive(),
  schemaVersion: count,
  /** Made in this night, or the file of an earlier one because nothing had changed. */
  kind: z.enum(['dumped', 'carried']),
  /** The night whose file it is. */
  dumpedOn: night,
  /** Its name within the folder of the night: never a path. */
  file: z.string().regex(/^backup-(admin|[1-9]\d*)\.sql\.gz$/),
  /** Only in the store's manifest: what it is called there. */
  object: z
    .string()
    .regex(/^backup-(admin|[1-9]\d*)\.sql\.gz\.[0-9a-f]{16}$/)
    .optional(),
  bytes: count,
  sha256,
  fingerprint,
  /**
   * Whether the fingerprint is the file's own. If not, something was sold between snapshot and dump: only
   * `position` is the dump's, and the figures are to be taken from the first restore.
   */
  isExact: z.boolean(),
  /** The look after the dump, where it differs from `fingerprint`: what is equal in both is so in the file too. */
  later: fingerprint.optional(),
  /** Everything committed until then is in it. */
  takenAt: z.iso.datetime(),
  durationMs: count,
})

const failure = z.object({ tenantId: count, nombreDb: z.string(), problem: z.string() })

const manifest = z.object({
  format: z.literal(1),
  night,
  /** The release of SmartKet that wrote it. */
  smartket: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  entries: z.array(z.union([copy, failure])),
})

export type CopyEntry = z.infer<typeof copy>
export type FailedEntry = z.infer<typeof failure>
export type Entry = CopyEntry | FailedEntry
export type Manifest = z.infer<typeof manifest>

export const isCopy = (entry: Entry): entry is CopyEntry => !('problem' in entry)

export const copiesOf = (manifest: Manifest): CopyEntry[] => manifest.entries.filter(isCopy)

export type ManifestAnswer = { ok: true; manifest: Manifest } | { ok: false; problem: 'not-a-manifest' }

/** From a file that may have been tampered with or cut. */
export function parseManifest(text: string): ManifestAnswer {
  try {
    return { ok: true, manifest: manifest.parse(JSON.parse(text)) }
  } catch {
    return { ok: false, problem: 'not-a-manifest' }
  }
}

export const manifestText = (manifest: Manifest) => `${JSON.stringify(manifest, null, 1)}\n`
