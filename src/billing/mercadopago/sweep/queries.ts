import { and, asc, between, desc, eq, gt, inArray, isNotNull, lte, or } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { payments, subscriptions, tenants } from '#src/db/admin-schema.ts'
import { providerName } from '../provider.ts'

/** What was begun there and may have been paid without a notice: also what was replaced by another checkout. Newest first. */
export async function openReferences(admin: AdminDb, since: Date): Promise<string[]> {
  const rows = await admin
    .select({ reference: payments.reference })
    .from(payments)
    .where(
      and(
        eq(payments.method, 'mercadopago'),
        inArray(payments.status, ['open', 'refused', 'expired']),
        isNotNull(payments.checkoutUrl),
        gt(payments.createdAt, since),
      ),
    )
    .orderBy(desc(payments.id))
  return rows.map(({ reference }) => reference)
}

/** Subscriptions that charge about now. */
export async function renewalsDue(admin: AdminDb, from: Date, to: Date): Promise<string[]> {
  const rows = await admin
    .select({ externalId: subscriptions.externalId })
    .from(subscriptions)
    .innerJoin(tenants, eq(tenants.id, subscriptions.tenantId))
    .where(
      and(
        eq(subscriptions.provider, providerName),
        eq(subscriptions.status, 'active'),
        isNotNull(subscriptions.externalId),
        between(tenants.paidUntil, from, to),
      ),
    )
    .orderBy(asc(subscriptions.tenantId))
  return rows.flatMap(({ externalId }) => externalId ?? [])
}

/** Still charging for a business that its owner has closed, or that is in pause. */
export async function renewalsOfStopped(admin: AdminDb): Promise<number[]> {
  const rows = await admin
    .select({ tenantId: subscriptions.tenantId })
    .from(subscriptions)
    .innerJoin(tenants, eq(tenants.id, subscriptions.tenantId))
    .where(
      and(
        eq(subscriptions.provider, providerName),
        inArray(subscriptions.status, ['pending', 'active']),
        isNotNull(subscriptions.externalId),
        or(isNotNull(tenants.closedAt), isNotNull(tenants.suspendedAt)),
      ),
    )
  return rows.map(({ tenantId }) => tenantId)
}

/** Begun so long ago that its checkout takes no money any more. */
export const leftCheckouts = (before: Date) =>
  and(eq(payments.method, 'mercadopago'), eq(payments.status, 'open'), lte(payments.createdAt, before))
