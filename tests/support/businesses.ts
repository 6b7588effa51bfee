import { randomUUID } from 'node:crypto'
import type { AdminDb } from '#src/db/admin.ts'
import { payments, tenantStats, tenants } from '#src/db/admin-schema.ts'

type TenantRow = typeof tenants.$inferInsert
type StatsRow = typeof tenantStats.$inferInsert
type PaymentRow = typeof payments.$inferInsert

/** A business as the console sees it: its rows in the admin database, and no database of its own. */
export type SeededBusiness = { tenant?: Partial<TenantRow>; stats?: Partial<StatsRow> | null }

let seeded = 0

export async function seedBusiness(
  admin: AdminDb,
  { tenant = {}, stats = {} }: SeededBusiness,
  now: Date,
): Promise<number> {
  const rows = rowsOf({ tenant, stats }, now)
  const [{ insertId: id }] = await admin.insert(tenants).values(rows.tenant)
  if (rows.stats) await admin.insert(tenantStats).values({ ...rows.stats, tenantId: id })
  return id
}

/** Many at once, for figures: in the order given, with numbers that follow each other. */
export async function seedBusinesses(admin: AdminDb, all: readonly SeededBusiness[], now: Date) {
  for (let first = 0; first < all.length; first += 250) {
    const rows = all.slice(first, first + 250).map((one) => rowsOf(one, now))
    const made = await admin
      .insert(tenants)
      .values(rows.map((row) => row.tenant))
      .$returningId()
    const stats = rows.flatMap((row, index) => {
      const tenantId = made[index]?.id
      return row.stats && tenantId ? [{ ...row.stats, tenantId }] : []
    })
    if (stats.length > 0) await admin.insert(tenantStats).values(stats)
  }
}

function rowsOf({ tenant = {}, stats = {} }: SeededBusiness, now: Date) {
  const n = ++seeded
  return {
    tenant: {
      uid: randomUUID(),
      nombreDb: `db_seeded_${process.pid}_${n}`,
      businessName: 'Pollería Rosita',
      rubro: 'polleria',
      status: 'ACTIVO' as const,
      plan: 'TRIAL_POLLERIA',
      trialStartedAt: now,
      schemaVersion: 9,
      createdAt: now,
      ...tenant,
    },
    stats: stats && {
      refreshedAt: now,
      setupStep: 4,
      ownerName: 'Rosa Quispe',
      ownerEmail: `rosa-${n}@example.test`,
      ...stats,
    },
  }
}

/** «Ya pagué»: a payment by Yape that waits for the operator. */
export async function seedPayment(
  admin: AdminDb,
  tenantId: number,
  change: Partial<PaymentRow>,
  now: Date,
): Promise<number> {
  const [{ insertId }] = await admin.insert(payments).values({
    tenantId,
    reference: randomUUID(),
    plan: 'LOCAL',
    planName: 'Local',
    period: 'month',
    priceCentimos: 6900,
    amountCentimos: 6900,
    method: 'yape',
    status: 'declared',
    operationNumber: '00123456',
    document: 'boleta',
    declaredAt: now,
    createdAt: now,
    updatedAt: now,
    ...change,
  })
  return insertId
}
