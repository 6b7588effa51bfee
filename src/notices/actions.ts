import { trialLastMidnight } from '#src/billing/account.ts'
import { accountOf } from '#src/billing/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import { describeError } from '#src/db/errors.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { limaDate } from '#src/lib/lima.ts'
import { eachTenant, type Tenant } from '#src/tenants/queries.ts'
import { deliverOnce } from './delivering/actions.ts'
import { reachesPeople } from './mail-server.ts'
import { noticeMail } from './mails.tsx'
import { clocksAgree, deletableSince, dueDeletionNotice, dueNotice, mayBeDue, type Notice } from './notice.ts'
import { acceptedNotices, databaseClock, findNotice, noticeFacts } from './queries.ts'

/** `readClock` is the database's own. */
type Sending = JobContext & { readClock?: (admin: Admin) => Promise<Date> }
type Business = { tenant: Tenant; db: TenantDb }

/**
 * The mails about accounts that are due now. A business that is broken, or a mail that is not taken, stops no other;
 * the next run tries again.
 */
export async function sendNotices(context: Sending, now: Date, signal: AbortSignal): Promise<void> {
  const failed = await eachTenant(context.databases, async (tenant, db) => {
    if (!signal.aborted) await sendNoticesOf(context, { tenant, db }, now)
  })
  signal.throwIfAborted()
  for (const { tenantId, error } of failed) {
    context.log.error({ tenantId, error: describeError(error) }, 'notice not sent')
  }
  if (failed.length > 0) throw new Error(`failed for ${failed.length} of the businesses`)
}

export async function sendNoticesOf(context: Sending, business: Business, now: Date): Promise<void> {
  const { tenant, db } = business
  const state = await accountOf(tenant, db, now)
  const due = dueNotice(state, trialLastMidnight(tenant), now)
  if (due) await sendOnce(context, business, due, now)
  const lockedAt = deletableSince(state)
  if (lockedAt && mayBeDue(lockedAt, now)) await sendDeletionNotice(context, business, lockedAt, now)
}

/** They count towards a deletion: none is sent while the clocks disagree, or where mails reach nobody. */
async function sendDeletionNotice(
  context: Sending,
  business: Business,
  lockedAt: Date,
  now: Date,
): Promise<void> {
  const { admin } = context.databases
  if (!reachesPeople(context.config)) throw new Error('no mail server is configured')
  const databaseNow = await (context.readClock ?? databaseClock)(admin)
  if (!clocksAgree(now, databaseNow)) throw new Error('the clocks of app and database differ')
  const accepted = await acceptedNotices(admin, business.tenant.id, limaDate(lockedAt))
  const due = dueDeletionNotice(lockedAt, accepted, { now, databaseNow })
  if (due) await sendOnce(context, business, due, now)
}

/** What was taken before is not even written again. */
async function sendOnce(
  { databases, config, mailer }: Sending,
  { tenant, db }: Business,
  notice: Notice,
  now: Date,
): Promise<void> {
  const { admin } = databases
  const row = await findNotice(admin, tenant.id, notice)
  if (row?.acceptedAt) return
  const facts = await noticeFacts(admin, db, tenant)
  if (!facts) return
  const { kind, about } = notice
  const mail = noticeMail(notice, { ...facts, appOrigin: config.appOrigin })
  await deliverOnce(admin, { tenantId: tenant.id, kind, about }, () => mailer.deliver(mail), now)
}
