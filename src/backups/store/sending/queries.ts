import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { backupsFolder, nightFolder } from '#src/backups/folder.ts'
import { type CopyEntry, manifestName } from '#src/backups/manifest.ts'
import type { Admin } from '#src/db/admin.ts'
import { backups } from '#src/db/admin-schema.ts'
import { tagOf } from '../names.ts'
import type { Sending } from './one/actions.ts'

/** It is elsewhere too, and was compared there. Not where the night was made again meanwhile: that is another file. */
export async function markSent(admin: Admin, night: string, entry: CopyEntry, now: Date): Promise<void> {
  const { tenantId, uid, generation, sha256 } = entry
  const isThis = [
    eq(backups.tenantId, tenantId),
    eq(backups.night, night),
    eq(backups.uid, uid),
    eq(backups.generation, generation),
    eq(backups.sha256, sha256),
  ]
  await admin
    .update(backups)
    .set({ uploadedAt: now })
    .where(and(...isThis))
}

/** Another one whenever the manifest here is written again, or the operators' keys change. null: there is none. */
export async function markOf(
  { dataFolder, recipients }: Pick<Sending, 'dataFolder' | 'recipients'>,
  night: string,
): Promise<string | null> {
  try {
    const path = join(nightFolder(backupsFolder(dataFolder), night), manifestName)
    const { mtimeNs, size, ino } = await stat(path, { bigint: true })
    return tagOf(`${mtimeNs} ${size} ${ino}`, recipients)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
