import { asc, isNotNull } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { backups } from '#src/db/admin-schema.ts'

/** The nights of which something was sent and nothing was deleted since. */
export async function sentNights(admin: Admin): Promise<string[]> {
  const rows = await admin
    .selectDistinct({ night: backups.night })
    .from(backups)
    .where(isNotNull(backups.uploadedAt))
    .orderBy(asc(backups.night))
  return rows.map(({ night }) => night)
}
