import { and, asc, eq, gt } from 'drizzle-orm'
import type { TrialPlan } from '#src/billing/plan.ts'
import type { Admin, AdminDb } from '#src/db/admin.ts'
import { plans, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { TenantUpdating } from '#src/db/errors.ts'
import { ensureCurrent } from '#src/db/migrate.ts'
import type { TenantDb, TenantIdentity } from '#src/db/tenant.ts'
import { isRubro, type Rubro } from '#src/tenants/rubro.ts'

export type Plan = typeof plans.$inferSelect

/** A business: whose it is, and where its trial and its plan stand. */
export type Tenant = TenantIdentity & {
  businessName: string
  rubro: Rubro
  plan: Plan
  /** Of a paid plan: a trial that is used up. */
  trial: TrialPlan
  trialStartedAt: Date
  paidUntil: Date | null
  provisionalUntil: Date | null
  extendedUntil: Date | null
  extensionTakenAt: Date | null
  suspendedAt: Date | null
  closedAt: Date | null
  /** The Lima day on which «Ahora no» was pressed. */
  stripHiddenOn: string | null
  /** Until then nobody is let in: its database is being swapped for another. */
  busyUntil: Date | null
  schemaVersion: number
  createdAt: Date
}

/** A living business, or null: a spare or a half-made one belongs to nobody. */
export async function findTenant(admin: Admin, id: number): Promise<Tenant | null> {
  const [row] = await selectTenants(admin).where(and(eq(tenants.id, id), eq(tenants.status, 'ACTIVO')))
  return row ? toTenant(row) : null
}

export async function listTenants(admin: Admin): Promise<Tenant[]> {
  const rows = await selectTenants(admin).where(eq(tenants.status, 'ACTIVO')).orderBy(asc(tenants.id))
  return rows.map(toTenant)
}

export type TenantFailure = { tenantId: number; error: unknown }

/** One business after the other; one that is broken never stops the rest, and is returned with its error. */
export async function eachTenant(
  databases: Databases,
  work: (tenant: Tenant, db: TenantDb) => Promise<unknown>,
): Promise<TenantFailure[]> {
  const failed: TenantFailure[] = []
  for (let after = 0; ; ) {
    const page = await pageOfTenants(databases.admin, after)
    for (const tenant of page) {
      try {
        if (!(await ensureCurrent(databases, tenant)))
          throw new TenantUpdating(`business ${tenant.id} is not at the schema of this release`)
        await work(tenant, databases.tenant(tenant))
      } catch (error) {
        failed.push({ tenantId: tenant.id, error })
      }
    }
    const last = page.at(-1)
    if (!last) return failed
    after = last.id
  }
}

async function pageOfTenants(admin: AdminDb, after: number): Promise<Tenant[]> {
  const rows = await selectTenants(admin)
    .where(and(eq(tenants.status, 'ACTIVO'), gt(tenants.id, after)))
    .orderBy(asc(tenants.id))
    .limit(200)
  return rows.map(toTenant)
}

const selectTenants = (admin: Admin) =>
  admin
    .select({ tenant: tenants, plan: plans })
    .from(tenants)
    .innerJoin(plans, eq(plans.code, tenants.plan))
    .$dynamic()

type Row = { tenant: typeof tenants.$inferSelect; plan: Plan }

/** For whoever has the rows already: the session is read with its tenant in one query. */
export function toTenant({ tenant, plan }: Row): Tenant {
  const { id, uid, generation, nombreDb, serverId, paidUntil, createdAt } = tenant
  return {
    id,
    uid,
    generation,
    nombreDb,
    serverId,
    businessName: tenant.businessName ?? '',
    rubro: tenant.rubro !== null && isRubro(tenant.rubro) ? tenant.rubro : 'otro',
    plan,
    trial: {
      trialDays: plan.trialDays ?? 0,
      trialSales: plan.trialSales ?? 0,
      trialRule: plan.trialRule ?? 'first',
      trialMaxDays: plan.trialMaxDays,
    },
    trialStartedAt: tenant.trialStartedAt ?? createdAt,
    paidUntil,
    provisionalUntil: tenant.provisionalUntil,
    extendedUntil: tenant.extendedUntil,
    extensionTakenAt: tenant.extensionTakenAt,
    suspendedAt: tenant.suspendedAt,
    closedAt: tenant.closedAt,
    stripHiddenOn: tenant.stripHiddenOn,
    busyUntil: tenant.busyUntil,
    schemaVersion: tenant.schemaVersion,
    createdAt,
  }
}
