import { and, eq, isNull } from 'drizzle-orm'
import { trialLastMidnight } from '#src/billing/account.ts'
import { accountOf } from '#src/billing/queries.ts'
import type { Admin, AdminDb } from '#src/db/admin.ts'
import { notices } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { limaDate, limaDayBounds } from '#src/lib/lima.ts'
import { eachTenant, type Tenant } from '#src/tenants/queries.ts'
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

/** They count towards a deletion: none is sent while the clocks disagree. */
async function sendDeletionNotice(
  context: Sending,
  business: Business,
  lockedAt: Date,
  now: Date,
): Promise<void> {
  const { admin } = context.databases
  const databaseNow = await (context.readClock ?? databaseClock)(admin)
  if (!clocksAgree(now, databaseNow)) throw new Error('the clocks of app and database differ')
  const accepted = await acceptedNotices(admin, business.tenant.id, limaDate(lockedAt))
  const due = dueDeletionNotice(lockedAt, accepted, { now, databaseNow })
  if (due) await sendOnce(context, business, due, now)
}

/** The row first, then the mail; what was taken is never sent again. */
async function sendOnce(
  { databases, config, mailer }: Sending,
  { tenant, db }: Business,
  notice: Notice,
  now: Date,
): Promise<void> {
  const { admin } = databases
  const row = await findNotice(admin, tenant.id, notice)
  if (row?.acceptedAt) return
  const facts = await noticeFacts(admin, db, tenant, endOf(notice, now))
  if (!facts) return
  const { kind, about } = notice
  // Inserting where there is a row would wait for whoever sends it at this moment.
  if (!row) await admin.insert(notices).ignore().values({ tenantId: tenant.id, kind, about, createdAt: now })
  const mail = noticeMail(notice, { ...facts, appOrigin: config.appOrigin })
  const failure = await deliver(admin, { tenantId: tenant.id, kind, about }, () => mailer.deliver(mail), now)
  if (failure) throw failure.error
}

type Row = { tenantId: number; kind: string; about: string }
type Failure = { error: unknown }

/**
 * Under the lock of its row, so that another process passes over it instead of sending it too. One that dies with
 * the mail on its way leaves the row as it was: better a mail twice than none.
 */
async function deliver(
  admin: AdminDb,
  { tenantId, kind, about }: Row,
  send: () => Promise<void>,
  now: Date,
): Promise<Failure | null> {
  let failure: Failure | null = null
  let sending: Promise<void> | undefined
  await inTransaction(admin, async (tx): Promise<{ ok: true }> => {
    const own = and(eq(notices.tenantId, tenantId), eq(notices.kind, kind), eq(notices.about, about))
    const [row] = await tx
      .select({ id: notices.id, attempts: notices.attempts })
      .from(notices)
      .where(and(own, isNull(notices.acceptedAt)))
      .for('update', { skipLocked: true })
    if (!row) return { ok: true }
    // A transaction that is repeated does not send again.
    sending ??= send()
    failure = await sending.then(
      () => null,
      (error: unknown) => ({ error }),
    )
    const outcome = failure ? { error: causeOf(failure.error) } : { acceptedAt: now, error: null }
    await tx
      .update(notices)
      .set({ attempts: row.attempts + 1, ...outcome })
      .where(eq(notices.id, row.id))
    return { ok: true }
  })
  return failure
}

/** A mail server's words may quote the address: the code is enough. */
function causeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const parts = [code, responseCode].filter((part) => part !== undefined)
  return (parts.length > 0 ? parts.join(' ') : 'not sent').slice(0, 300)
}

/** The midnight after the last day that a trial's notice tells of. */
function endOf(notice: Notice, now: Date): Date | null {
  if (!('daysLeft' in notice)) return null
  return new Date(limaDayBounds(now).to.getTime() + notice.daysLeft * 86_400_000)
}
