import { and, eq, inArray, type SQL } from 'drizzle-orm'
import { isUncovered } from '#src/backups/covered/covered.ts'
import { coveredUntil } from '#src/backups/covered/queries.ts'
import { type AccountState, accountState, trialLastMidnight } from '#src/billing/account.ts'
import type { Admin } from '#src/db/admin.ts'
import { dailyCounts, plans, tenantStats, tenants } from '#src/db/admin-schema.ts'
import { limaDate } from '#src/lib/lima.ts'
import { extendedFrom } from '#src/tenants/extension.ts'
import { type Plan, type Tenant, toTenant } from '#src/tenants/queries.ts'
import type { Business } from './business.ts'

/** Every business in a few light queries: a thousand rows are read faster than a state is put into SQL. */
export function listBusinesses(admin: Admin, now: Date): Promise<Business[]> {
  return businesses(admin, inArray(tenants.status, ['ACTIVO', 'BORRADO']), now)
}

export async function findBusiness(admin: Admin, id: number, now: Date): Promise<Business | null> {
  const known = and(eq(tenants.id, id), inArray(tenants.status, ['ACTIVO', 'BORRADO']))
  const [found] = await businesses(admin, known, now)
  return found ?? null
}

async function businesses(admin: Admin, which: SQL | undefined, now: Date): Promise<Business[]> {
  const [rows, planRows, errors] = await Promise.all([
    admin
      .select({ tenant: tenants, stats: tenantStats })
      .from(tenants)
      .leftJoin(tenantStats, eq(tenantStats.tenantId, tenants.id))
      .where(which),
    listPlans(admin),
    admin
      .select({ tenantId: dailyCounts.tenantId, count: dailyCounts.count })
      .from(dailyCounts)
      .where(and(eq(dailyCounts.day, limaDate(now)), eq(dailyCounts.name, 'error'))),
  ])
  const planOf = new Map(planRows.map((plan) => [plan.code, plan]))
  const safe = await coveredUntil(
    admin,
    rows.map(({ tenant }) => tenant),
    now,
  )
  const errorsOf = new Map(errors.map((one) => [one.tenantId, one.count]))
  return rows.flatMap((row) => {
    const plan = planOf.get(row.tenant.plan ?? '')
    // A spare that was thrown away has no plan: it never was a business.
    if (!plan) return []
    const { id, uid } = row.tenant
    return [
      toBusiness(row, plan, { coveredUntil: safe.get(uid) ?? null, errorsToday: errorsOf.get(id) ?? 0 }, now),
    ]
  })
}

type Row = { tenant: typeof tenants.$inferSelect; stats: typeof tenantStats.$inferSelect | null }

function toBusiness(
  { tenant: row, stats }: Row,
  plan: Plan,
  more: Pick<Business, 'coveredUntil' | 'errorsToday'>,
  now: Date,
): Business {
  const tenant = toTenant({ tenant: row, plan })
  const sales = { made: stats?.salesMade ?? 0, usedUpAt: stats?.trialSalesUsedUpAt ?? null }
  const account = row.status === 'BORRADO' ? null : accountState(tenant, sales, now)
  return {
    id: tenant.id,
    name: tenant.businessName || `Negocio ${tenant.id}`,
    rubro: tenant.rubro,
    plan: plan.code,
    planName: plan.name,
    paidUntil: tenant.paidUntil,
    extendsFrom: extendedFrom(tenant, sales, now),
    account,
    trialEnd: account?.kind === 'trial' ? trialEndOf(tenant, account, sales.made) : null,
    signedUpAt: tenant.trialStartedAt,
    flags: row.flags.split(/[\s,]+/).filter(Boolean),
    schemaVersion: tenant.schemaVersion,
    ...more,
    // Of one that was deleted nothing is copied any more.
    isUncovered: row.status === 'ACTIVO' && isUncovered(more.coveredUntil, tenant.trialStartedAt, now),
    stats: stats ?? noStats,
  }
}

function trialEndOf(tenant: Tenant, { left }: OnTrial, made: number): Business['trialEnd'] {
  const { trialRule, trialSales } = tenant.trial
  const salesDecide = left.kind === 'sales' || left.daysLeft === 0 || trialRule === 'first'
  const goesOn = left.kind === 'sales' || left.salesLeft !== undefined
  return {
    salesLeft: salesDecide && (goesOn || trialRule === 'first') ? Math.max(0, trialSales - made) : null,
    lastMidnight: goesOn ? trialLastMidnight(tenant) : null,
  }
}

type OnTrial = Extract<AccountState, { kind: 'trial' }>

const noStats: Business['stats'] = {
  refreshedAt: null,
  setupStep: 0,
  ownerName: '',
  ownerEmail: '',
  whatsapp: null,
  branches: 0,
  registers: 0,
  staff: 0,
  products: 0,
  salesMade: 0,
  salesCentimos: 0,
  sales7Days: 0,
  firstSaleAt: null,
  lastSaleAt: null,
  databaseBytes: 0,
}

export const listPlans = (admin: Admin): Promise<Plan[]> =>
  admin.select().from(plans).orderBy(plans.position, plans.code)
