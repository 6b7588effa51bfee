import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Mail } from '#src/accounts/mailer.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { notices } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import type { Services } from '#src/http/env.ts'
import { ownerMail } from '#src/notices/queries.ts'
import { aboutClosing, type ClosingKind, closingEnd, dueClosingNotice, keptAfterWarning } from '../leaving.ts'
import { type ClosedTenant, closingAccepted, listClosed } from '../queries.ts'

export type Sending = Pick<Services, 'databases' | 'config' | 'mailer'>
/** How a mail of each kind is written; the letters are views, which SQL does not know. */
export type Letters = Record<
  ClosingKind,
  (to: string, about: { businessName: string; link: string; until: Date }) => Mail
>

/** Sends what is due about every closing. A mail that was not taken is tried again at the next run. */
export async function sendClosingNotices(context: Sending, letters: Letters, now: Date): Promise<void> {
  let failed = 0
  for (const tenant of await listClosed(context.databases.admin)) {
    const isSent = await sendClosingNotice(context, letters, tenant, now).catch(() => false)
    if (!isSent) failed += 1
  }
  if (failed > 0) throw new Error(`${failed} mails about a closing were not taken`)
}

/** false: it was due, and the mail server did not take it. Only a mail that was taken counts for the deletion. */
export async function sendClosingNotice(
  { databases: { admin }, config, mailer }: Sending,
  letters: Letters,
  tenant: ClosedTenant,
  now: Date,
): Promise<boolean> {
  const { id, closedAt, businessName } = tenant
  const kind = dueClosingNotice(closedAt, await closingAccepted(admin, id, closedAt), now)
  if (!kind) return true
  const to = await ownerMail(admin, id)
  if (!to) return true
  const row = { tenantId: id, kind, about: aboutClosing(closedAt) }
  if (!(await claim(admin, row, now))) return true
  const until = kind === 'closed' ? closingEnd(closedAt) : keptAfterWarning(closedAt, now)
  try {
    await mailer.deliver(
      letters[kind](to, { businessName, link: `${config.appOrigin}/cuenta/cierre`, until }),
    )
  } catch (error) {
    await admin
      .update(notices)
      .set({ error: describeError(error).message.slice(0, 300) })
      .where(isRow(row))
    return false
  }
  await admin.update(notices).set({ acceptedAt: now, error: null }).where(isRow(row))
  return true
}

type Row = { tenantId: number; kind: ClosingKind; about: string }

const isRow = ({ tenantId, kind, about }: Row) =>
  and(eq(notices.tenantId, tenantId), eq(notices.kind, kind), eq(notices.about, about))

/** Of two who would send it at once only one does: the count of tries is the lock. */
async function claim(admin: AdminDb, row: Row, now: Date): Promise<boolean> {
  await admin
    .insert(notices)
    .ignore()
    .values({ ...row, createdAt: now })
  const [known] = await admin.select({ attempts: notices.attempts }).from(notices).where(isRow(row))
  const [claimed] = await admin
    .update(notices)
    .set({ attempts: sql`${notices.attempts} + 1` })
    .where(and(isRow(row), isNull(notices.acceptedAt), eq(notices.attempts, known?.attempts ?? 0)))
  return claimed.affectedRows === 1
}
