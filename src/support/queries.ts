import { and, asc, desc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { operators, plans, supportGrants, tenants } from '#src/db/admin-schema.ts'
import { toTenant } from '#src/tenants/queries.ts'
import { isStillHere } from './support.ts'

const open = (now: Date) => and(isNull(supportGrants.endedAt), gt(supportGrants.expiresAt, now))

/** The permission that this business gives at this instant, and who came in with it; null: none. */
export async function openGrant(admin: Admin, tenantId: number, now: Date) {
  const [grant] = await admin
    .select({
      id: supportGrants.id,
      expiresAt: supportGrants.expiresAt,
      enteredAt: supportGrants.enteredAt,
      operatorName: operators.name,
    })
    .from(supportGrants)
    .leftJoin(operators, eq(operators.id, supportGrants.operatorId))
    .where(and(eq(supportGrants.tenantId, tenantId), open(now)))
    .orderBy(desc(supportGrants.id))
    .limit(1)
  return grant ?? null
}

/** Every permission of this instant, for the console. */
export async function openGrants(admin: Admin, now: Date) {
  return admin
    .select({
      id: supportGrants.id,
      tenantId: supportGrants.tenantId,
      businessName: tenants.businessName,
      grantedAt: supportGrants.grantedAt,
      expiresAt: supportGrants.expiresAt,
      operatorName: operators.name,
      enteredAt: supportGrants.enteredAt,
    })
    .from(supportGrants)
    .innerJoin(tenants, and(eq(tenants.id, supportGrants.tenantId), eq(tenants.status, 'ACTIVO')))
    .leftJoin(operators, eq(operators.id, supportGrants.operatorId))
    .where(open(now))
    .orderBy(asc(supportGrants.expiresAt))
}

/** Who looks with this cookie, into which business, and until when; null: the permission is over. */
export async function enteredGrant(admin: Admin, sessionHash: string, now: Date) {
  const [row] = await admin
    .select({
      id: supportGrants.id,
      expiresAt: supportGrants.expiresAt,
      lastSeenAt: supportGrants.lastSeenAt,
      operator: { id: operators.id, name: operators.name, email: operators.email },
      tenant: tenants,
      plan: plans,
    })
    .from(supportGrants)
    .innerJoin(operators, and(eq(operators.id, supportGrants.operatorId), eq(operators.active, true)))
    .innerJoin(tenants, and(eq(tenants.id, supportGrants.tenantId), eq(tenants.status, 'ACTIVO')))
    .innerJoin(plans, eq(plans.code, tenants.plan))
    .where(and(eq(supportGrants.sessionHash, sessionHash), open(now)))
  if (!row || !isStillHere(row.lastSeenAt, now)) return null
  const { id, expiresAt, lastSeenAt, operator } = row
  return { id, expiresAt, lastSeenAt, operator, tenant: toTenant(row) }
}

/** Every permission whose account may be there. */
export async function grantsWithAccount(admin: Admin) {
  return admin
    .select({ id: supportGrants.id, tenantId: supportGrants.tenantId })
    .from(supportGrants)
    .where(isNull(supportGrants.accountDroppedAt))
}

/** Permissions that are over and whose account may still be there. */
export async function grantsToClose(admin: Admin, now: Date) {
  return admin
    .select({ id: supportGrants.id, tenantId: supportGrants.tenantId, serverId: tenants.serverId })
    .from(supportGrants)
    .innerJoin(tenants, eq(tenants.id, supportGrants.tenantId))
    .where(
      and(
        isNull(supportGrants.accountDroppedAt),
        or(isNotNull(supportGrants.endedAt), lte(supportGrants.expiresAt, now)),
      ),
    )
    .orderBy(asc(supportGrants.id))
}
