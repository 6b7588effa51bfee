import { asc, eq, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { StaffMember } from './staff.ts'

/**
 * Everyone who may act, the owner first. A PIN's hash never leaves the database; support may not even ask who has
 * one (`seesPins`): its account cannot read that column.
 */
export async function listStaff(db: Db, { seesPins }: { seesPins: boolean }): Promise<StaffMember[]> {
  const { id, name, role } = staff
  const pinHash = seesPins ? staff.pinHash : sql<null>`null`
  const rows = await db
    .select({ id, name, role, pinHash })
    .from(staff)
    .where(eq(staff.active, true))
    .orderBy(asc(staff.id))
  return rows.map(({ id, name, role, pinHash }) => ({ id, name, role, hasPin: pinHash !== null }))
}
