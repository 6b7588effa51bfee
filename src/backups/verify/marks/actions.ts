import { and, eq } from 'drizzle-orm'
import { readManifest, writeManifest } from '#src/backups/folder.ts'
import { type CopyEntry, isCopy } from '#src/backups/manifest.ts'
import { verifySentence } from '#src/backups/verify/texts.ts'
import type { VerifyProblem } from '#src/backups/verify/verification.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { backups } from '#src/db/admin-schema.ts'
import type { Fingerprint } from '#src/db/fingerprint.ts'

/**
 * Whether the night still means this file: one that was copied again meanwhile has another, of which nothing is
 * known yet.
 */
export function isStillListed(folder: string, night: string, entry: CopyEntry): boolean {
  const listed = readManifest(folder, night)?.entries.find(({ tenantId }) => tenantId === entry.tenantId)
  return listed !== undefined && isCopy(listed) && listed.sha256 === entry.sha256
}

/** This copy was restored and is equal; `figures` are what came back. Whatever was held against it is taken back. */
export async function markVerified(
  admin: AdminDb,
  night: string,
  entry: CopyEntry,
  { verifiedAt, figures }: { verifiedAt: Date; figures: Fingerprint },
): Promise<void> {
  await admin
    .update(backups)
    .set({
      verifiedAt,
      status: 'whole',
      problem: null,
      contentHash: figures.contentHash,
      salesMade: figures.sales?.made ?? null,
      salesCentimos: figures.sales?.centimos ?? null,
    })
    .where(ofCopy(night, entry))
}

/**
 * This copy cannot be trusted. What is wrong with its bytes is wrong with every night on this disk that shares
 * them by link: none of these counts as verified any more, and tonight's is made anew. The store has its own.
 */
export async function markFailed(
  admin: AdminDb,
  night: string,
  entry: CopyEntry,
  why: { problem: VerifyProblem; detail: string | null },
): Promise<void> {
  const problem = verifySentence(why).slice(0, 500)
  const failed = { status: 'failed' as const, problem, verifiedAt: null }
  await admin.update(backups).set(failed).where(ofCopy(night, entry))
  if (why.problem === 'stale') return
  const { tenantId, sha256 } = entry
  await admin
    .update(backups)
    .set(failed)
    .where(and(eq(backups.tenantId, tenantId), eq(backups.sha256, sha256), eq(backups.isLocal, true)))
}

/**
 * Figures that the night could not know, since something was sold between its snapshot and its dump: from now
 * on the manifest tells them, and an unchanged business is carried tomorrow.
 */
export async function correctManifest(
  folder: string,
  night: string,
  figures: ReadonlyMap<string, Fingerprint>,
): Promise<void> {
  const manifest = readManifest(folder, night)
  if (!manifest) return
  const entries = manifest.entries.map((entry) => {
    const found = isCopy(entry) && !entry.isExact ? figures.get(entry.sha256) : undefined
    if (!found || !isCopy(entry)) return entry
    const { later: _, ...rest } = entry
    return { ...rest, fingerprint: found, isExact: true }
  })
  await writeManifest(folder, { ...manifest, entries })
}

/** Its bytes too: the night may have been run again since they were read. */
const ofCopy = (night: string, { tenantId, uid, generation, sha256 }: CopyEntry) =>
  and(
    eq(backups.sha256, sha256),
    eq(backups.night, night),
    eq(backups.tenantId, tenantId),
    eq(backups.uid, uid),
    eq(backups.generation, generation),
  )
