import { asc, eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { StaffMember } from './staff.ts'

/** Everyone who may act, the owner first. A PIN's hash never leaves the database. */
export async function listStaff(db: Db): Promise<StaffMember[]> {
  const rows = await db.select().from(staff).where(eq(staff.active, true)).orderBy(asc(staff.id))
  return rows.map(({ id, name, role, pinHash }) => ({ id, name, role, hasPin: pinHash !== null }))
}
