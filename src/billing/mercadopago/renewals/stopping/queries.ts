import { eq } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'

export async function tenantName(admin: Admin, tenantId: number): Promise<string | null> {
  const [row] = await admin
    .select({ name: tenants.businessName })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
  return row?.name ?? null
}
