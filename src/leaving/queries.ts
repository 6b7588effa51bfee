import { and, eq, isNotNull } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { notices, tenants } from '#src/db/admin-schema.ts'
import { findTenant, type Tenant } from '#src/tenants/queries.ts'
import { aboutClosing, type ClosingAccepted } from './leaving.ts'

export async function closingAccepted(
  admin: Admin,
  tenantId: number,
  closedAt: Date,
): Promise<ClosingAccepted> {
  const rows = await admin
    .select({ kind: notices.kind, acceptedAt: notices.acceptedAt })
    .from(notices)
    .where(
      and(
        eq(notices.tenantId, tenantId),
        eq(notices.about, aboutClosing(closedAt)),
        isNotNull(notices.acceptedAt),
      ),
    )
  return Object.fromEntries(rows.map(({ kind, acceptedAt }) => [kind, acceptedAt]))
}

export type ClosedTenant = Tenant & { closedAt: Date }

/** Every business whose owner has closed it and that is still there. */
export async function listClosed(admin: Admin): Promise<ClosedTenant[]> {
  const ids = await admin
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(eq(tenants.status, 'ACTIVO'), isNotNull(tenants.closedAt)))
  const found = await Promise.all(ids.map(({ id }) => findTenant(admin, id)))
  return found.filter((tenant) => tenant !== null).filter(isClosed)
}

export const isClosed = (tenant: Tenant): tenant is ClosedTenant => tenant.closedAt !== null
