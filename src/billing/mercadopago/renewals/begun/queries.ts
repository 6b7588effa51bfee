import { and, eq, isNotNull, lte, ne, or, type SQL } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { payments, tenants, webhookEvents } from '#src/db/admin-schema.ts'
import { providerName } from '../../provider.ts'

/** A line of ours among the notices: under this payment (`resource_id`) that subscription was begun. */
export const begunTopic = 'our-begun-subscription'

/** A subscription that was begun and has not charged: she may allow it until it is ended. */
export type Begun = { markId: number; paymentId: number; externalId: string }

export const begunUnder = (admin: Admin, reference: string) => find(admin, eq(payments.reference, reference))

export const begunOf = (admin: Admin, tenantId: number) => find(admin, eq(payments.tenantId, tenantId))

/** Of a payment that is decided, or was begun so long ago that nothing else of it takes money. */
export const begunAndLeft = (admin: Admin, before: Date) =>
  find(admin, or(ne(payments.status, 'open'), lte(payments.createdAt, before)))

/** Businesses that are closed or in pause. */
export async function stoppedWithBegun(admin: Admin): Promise<number[]> {
  const rows = await admin
    .selectDistinct({ tenantId: payments.tenantId })
    .from(webhookEvents)
    .innerJoin(payments, eq(payments.reference, webhookEvents.resourceId))
    .innerJoin(tenants, eq(tenants.id, payments.tenantId))
    .where(and(isBegun, or(isNotNull(tenants.closedAt), isNotNull(tenants.suspendedAt))))
  return rows.map(({ tenantId }) => tenantId)
}

const isBegun = and(eq(webhookEvents.provider, providerName), eq(webhookEvents.topic, begunTopic))

function find(admin: Admin, which: SQL | undefined): Promise<Begun[]> {
  return admin
    .select({ markId: webhookEvents.id, paymentId: payments.id, externalId: webhookEvents.requestId })
    .from(webhookEvents)
    .innerJoin(payments, eq(payments.reference, webhookEvents.resourceId))
    .where(and(isBegun, which))
}
