import { and, asc, count, desc, eq, gte, isNotNull, min, sql } from 'drizzle-orm'
import { findOwner } from '#src/billing/lock/queries.ts'
import { usageOf } from '#src/billing/usage/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import { tenantStats } from '#src/db/admin-schema.ts'
import type { Db } from '#src/db/tenant.ts'
import { branches, business, sales } from '#src/db/tenant-schema.ts'
import { salesMadeUpTo } from '#src/sales/queries.ts'

export type Stats = typeof tenantStats.$inferSelect
/** What its own database tells of a business; who signs in there stands in the admin database. */
export type OwnStats = Omit<Stats, 'tenantId' | 'refreshedAt' | 'ownerEmail'>

export async function findStats(admin: Admin, tenantId: number): Promise<Stats | null> {
  const [row] = await admin.select().from(tenantStats).where(eq(tenantStats.tenantId, tenantId))
  return row ?? null
}

const week = 7 * 86_400_000

/**
 * The same few queries whatever the business, one after the other: the console must not take connections from tills.
 * Its sales are added up only when there is a new one since `before`.
 */
export async function readStats(
  db: Db,
  trialSales: number,
  before: Stats | null,
  now: Date,
): Promise<OwnStats> {
  const [own] = await db.select({ setupStep: business.setupStep, bytes: databaseBytes }).from(business)
  const { name: ownerName } = await findOwner(db)
  const usage = await usageOf(db)
  const sold = await soldUpToNow(db, trialSales, before)
  const sales7Days = await db.$count(sales, gte(sales.soldAt, new Date(now.getTime() - week)))
  return {
    setupStep: own?.setupStep ?? 0,
    ownerName,
    whatsapp: await agreedWhatsapp(db),
    ...usage,
    ...sold,
    sales7Days,
    databaseBytes: own?.bytes ?? 0,
  }
}

/** The schema's size as the tenant's own account sees it: nobody else's. */
const databaseBytes =
  sql`(select coalesce(sum(data_length + index_length), 0) from information_schema.tables where table_schema = database())`.mapWith(
    Number,
  )

/** Only where the owner agreed to be written to (UX.md, section 12). */
async function agreedWhatsapp(db: Db): Promise<string | null> {
  const [branch] = await db
    .select({ whatsapp: branches.whatsapp })
    .from(branches)
    .where(and(isNotNull(branches.whatsapp), isNotNull(branches.whatsappConsentAt)))
    .orderBy(asc(branches.id))
    .limit(1)
  return branch?.whatsapp ?? null
}

type Sold = Pick<
  OwnStats,
  'salesMade' | 'salesCentimos' | 'firstSaleAt' | 'lastSaleAt' | 'trialSalesUsedUpAt'
>

async function soldUpToNow(db: Db, trialSales: number, before: Stats | null): Promise<Sold> {
  const [newest] = await db.select({ soldAt: sales.soldAt }).from(sales).orderBy(desc(sales.id)).limit(1)
  const isKnown = before?.lastSaleAt?.getTime() === newest?.soldAt.getTime()
  const trialSalesUsedUpAt = (await salesMadeUpTo(db, trialSales)).usedUpAt
  if (before && isKnown) {
    const { salesMade, salesCentimos, firstSaleAt, lastSaleAt } = before
    return { salesMade, salesCentimos, firstSaleAt, lastSaleAt, trialSalesUsedUpAt }
  }
  const [all] = await db
    .select({
      salesMade: count(),
      salesCentimos: sql`coalesce(sum(${sales.totalCentimos} + ${sales.roundingCentimos}), 0)`.mapWith(
        Number,
      ),
      firstSaleAt: min(sales.soldAt),
    })
    .from(sales)
  return {
    salesMade: all?.salesMade ?? 0,
    salesCentimos: all?.salesCentimos ?? 0,
    firstSaleAt: all?.firstSaleAt ?? null,
    lastSaleAt: newest?.soldAt ?? null,
    trialSalesUsedUpAt,
  }
}
