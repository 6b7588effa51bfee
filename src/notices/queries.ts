import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { trialLastMidnight } from '#src/billing/account.ts'
import { recommended } from '#src/billing/limits.ts'
import { findOwner, loadBuilt } from '#src/billing/lock/queries.ts'
import { listPaidPlans } from '#src/billing/plans/queries.ts'
import { usageOf } from '#src/billing/usage/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import { memberships, notices, plans, users } from '#src/db/admin-schema.ts'
import type { Db } from '#src/db/tenant.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import type { NoticeFacts } from './mails.tsx'
import type { Accepted } from './notice.ts'

/** Where mails about the account go: the owner's address. null: nobody signs in to this business. */
export async function ownerMail(admin: Admin, tenantId: number): Promise<string | null> {
  const [owner] = await admin
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.staffId, ownerStaffId)))
    .orderBy(asc(users.id))
    .limit(1)
  return owner?.email ?? null
}

/** The owner's row in every database. */
const ownerStaffId = 1

/** Which notices about this day were taken by the mail server, and when. */
export async function acceptedNotices(admin: Admin, tenantId: number, about: string): Promise<Accepted> {
  const rows = await admin
    .select({ kind: notices.kind, acceptedAt: notices.acceptedAt })
    .from(notices)
    .where(and(eq(notices.tenantId, tenantId), eq(notices.about, about), isNotNull(notices.acceptedAt)))
  return Object.fromEntries(rows.map(({ kind, acceptedAt }) => [kind, acceptedAt]))
}

/** null: it was never begun. */
export async function findNotice(
  admin: Admin,
  tenantId: number,
  { kind, about }: { kind: string; about: string },
) {
  const [row] = await admin
    .select({ acceptedAt: notices.acceptedAt })
    .from(notices)
    .where(and(eq(notices.tenantId, tenantId), eq(notices.kind, kind), eq(notices.about, about)))
  return row ?? null
}

/** What the database's own clock says, whatever ours does. */
export async function databaseClock(admin: Admin): Promise<Date> {
  const [row] = await admin
    .select({ at: sql`round(unix_timestamp(now(3)) * 1000)`.mapWith(Number) })
    .from(plans)
    .limit(1)
  if (!row) throw new Error('the plans are missing')
  return new Date(row.at)
}

/** What a mail says of the business. null: nobody is there to read it. */
export async function noticeFacts(
  admin: Admin,
  db: Db,
  tenant: Tenant,
): Promise<Omit<NoticeFacts, 'appOrigin'> | null> {
  const to = await ownerMail(admin, tenant.id)
  if (to === null) return null
  const { paidUntil, businessName } = tenant
  const [owner, built, usage, sold] = await Promise.all([
    findOwner(db),
    loadBuilt(db),
    usageOf(db),
    listPaidPlans(admin),
  ])
  const code = recommended(sold, usage)
  return {
    to,
    ownerName: owner.name,
    businessName,
    built,
    plan: sold.find((plan) => plan.code === code) ?? null,
    lastMidnight: trialLastMidnight(tenant),
    paidUntil,
  }
}
