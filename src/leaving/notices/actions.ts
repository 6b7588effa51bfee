import type { Mail } from '#src/accounts/mailer.ts'
import type { Admin } from '#src/db/admin.ts'
import type { Services } from '#src/http/env.ts'
import { deliverOnce } from '#src/notices/delivering/actions.ts'
import { reachesPeople } from '#src/notices/mail-server.ts'
import { clocksAgree } from '#src/notices/notice.ts'
import { databaseClock, ownerMail } from '#src/notices/queries.ts'
import { aboutClosing, type ClosingKind, closingEnd, dueClosingNotice, keptAfterWarning } from '../leaving.ts'
import { type ClosedTenant, closingAccepted, listClosed } from '../queries.ts'

/** `readClock` is the database's own. */
export type Sending = Pick<Services, 'databases' | 'config' | 'mailer'> & {
  readClock?: (admin: Admin) => Promise<Date>
}
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

/**
 * false: it was due, and the mail server did not take it. Only a mail that was taken counts for the deletion, so none
 * is sent while the clocks disagree, or where mails reach nobody.
 */
export async function sendClosingNotice(
  { databases: { admin }, config, mailer, readClock = databaseClock }: Sending,
  letters: Letters,
  tenant: ClosedTenant,
  now: Date,
): Promise<boolean> {
  const { id, closedAt, businessName } = tenant
  const kind = dueClosingNotice(closedAt, await closingAccepted(admin, id, closedAt), now)
  if (!kind) return true
  const to = await ownerMail(admin, id)
  if (!to) return true
  if (!reachesPeople(config)) throw new Error('no mail server is configured')
  if (!clocksAgree(now, await readClock(admin))) throw new Error('the clocks of app and database differ')
  const until = kind === 'closed' ? closingEnd(closedAt) : keptAfterWarning(closedAt, now)
  const mail = letters[kind](to, { businessName, link: `${config.appOrigin}/cuenta/cierre`, until })
  const row = { tenantId: id, kind, about: aboutClosing(closedAt) }
  return deliverOnce(admin, row, () => mailer.deliver(mail), now).then(
    () => true,
    () => false,
  )
}
