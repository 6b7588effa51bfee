import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import {
  copyPath,
  manifestsIn,
  nightFolder,
  nightsIn,
  readManifest,
  writeManifest,
} from '#src/backups/folder.ts'
import { isCopy, manifestName } from '#src/backups/manifest.ts'
import { copyKey, deletedBusinesses, verifiedCopies } from '#src/backups/night/queries.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { backups } from '#src/db/admin-schema.ts'
import { type Removal, toRemove, unfinished } from './retention.ts'

/** Takes from this disk what retention does not keep, and answers with the nights that are gone as a whole. */
export async function sweepNights(admin: AdminDb, folder: string, tonight: string): Promise<string[]> {
  const verified = await verifiedCopies(admin)
  const deleted = await deletedBusinesses(admin)
  const manifests = manifestsIn(folder)
  const removals = toRemove(manifests, tonight, {
    isVerified: (night, { tenantId, sha256 }) => verified.get(copyKey(tenantId, night)) === sha256,
    isDeleted: ({ uid }) => deleted.has(uid),
  })
  for (const removal of removals) await remove(admin, folder, removal)
  const whole = removals.filter(({ isWholeNight }) => isWholeNight).map(({ night }) => night)
  const nights = nightsIn(folder).map((night) => ({
    night,
    hasManifest: existsSync(join(nightFolder(folder, night), manifestName)),
  }))
  const never = unfinished(
    nights,
    manifests.map(({ night }) => night),
    tonight,
  )
  for (const night of never) await rm(nightFolder(folder, night), { recursive: true, force: true })
  return [...whole, ...never]
}

/** The manifest first: it never names a file that is gone. */
async function remove(
  admin: AdminDb,
  folder: string,
  { night, entries, isWholeNight }: Removal,
): Promise<void> {
  const ids = entries.map(({ tenantId }) => tenantId)
  const manifest = readManifest(folder, night)
  if (manifest && !isWholeNight) {
    const stay = manifest.entries.filter((entry) => !isCopy(entry) || !ids.includes(entry.tenantId))
    await writeManifest(folder, { ...manifest, entries: stay })
    for (const { file } of entries) await rm(copyPath(folder, night, file), { force: true })
  } else {
    await rm(copyPath(folder, night, 'manifest.json'), { force: true })
    await rm(nightFolder(folder, night), { recursive: true, force: true })
  }
  await admin
    .update(backups)
    .set({ isLocal: false })
    .where(and(eq(backups.night, night), inArray(backups.tenantId, ids)))
}
