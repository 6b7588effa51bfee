import { asc, eq, max } from 'drizzle-orm'
import type { Mailer } from '#src/accounts/mailer.ts'
import {
  answerDay,
  type Complaint,
  type ComplaintContent,
  hasSameContent,
} from '#src/complaints/complaint.ts'
import { findComplaintByKey, findSheet, mailsWaiting, type SheetMail } from '#src/complaints/queries.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { complaintAnswers, complaintMails, complaints } from '#src/db/admin-schema.ts'
import { inTransaction, onceMoreOnDuplicate } from '#src/db/transaction.ts'
import { limaDate } from '#src/lib/lima.ts'
import { answerMail, copyMail, newsMail } from './mails.tsx'

type NewComplaint = { requestKey: string; content: ComplaintContent; provider: string }

type Received =
  | { ok: true; complaint: Complaint; isNew: boolean }
  /** The key is used up by another sheet: what stands in the book is never changed. */
  | { ok: false; problem: 'other-content' }

/** Writes a sheet into the book under the next number of its year. The same form again is the same sheet. */
export function receiveComplaint(admin: AdminDb, sheet: NewComplaint, now: Date): Promise<Received> {
  return onceMoreOnDuplicate(() => inTransaction(admin, (tx) => receive(tx, sheet, now)))
}

async function receive(tx: AdminTx, sheet: NewComplaint, now: Date): Promise<Received> {
  await queueUp(tx)
  const found = await findComplaintByKey(tx, sheet.requestKey)
  if (found) {
    if (!hasSameContent(found, sheet.content)) return { ok: false, problem: 'other-content' }
    return { ok: true, complaint: found, isNew: false }
  }
  const year = Number(limaDate(now).slice(0, 4))
  const [last] = await tx
    .select({ number: max(complaints.number) })
    .from(complaints)
    .where(eq(complaints.year, year))
  const row = {
    ...sheet.content,
    requestKey: sheet.requestKey,
    provider: sheet.provider,
    year,
    number: (last?.number ?? 0) + 1,
    receivedAt: now,
    answerBy: answerDay(now),
  }
  const [{ insertId }] = await tx.insert(complaints).values(row)
  return { ok: true, complaint: { ...row, id: insertId }, isNew: true }
}

/**
 * Whoever writes waits at the book's first sheet, which never goes away. (Waiting at the last one would not do:
 * it has stopped being the last when the wait is over.) The very first sheets of all meet at the unique number.
 */
const queueUp = (tx: AdminTx) =>
  tx.select({ id: complaints.id }).from(complaints).orderBy(asc(complaints.id)).limit(1).for('update')

type Answered = { ok: true } | { ok: false; problem: 'already-answered' | 'not-found' }
type NewAnswer = { complaintId: number; operatorId: number; answer: string }

/** The provider's answer, once and for good. */
export async function answerComplaint(tx: AdminTx, given: NewAnswer, now: Date): Promise<Answered> {
  const [complaint] = await tx
    .select({ id: complaints.id })
    .from(complaints)
    .where(eq(complaints.id, given.complaintId))
    .for('update')
  if (!complaint) return { ok: false, problem: 'not-found' }
  const [answered] = await tx
    .select({ id: complaintAnswers.complaintId })
    .from(complaintAnswers)
    .where(eq(complaintAnswers.complaintId, complaint.id))
  if (answered) return { ok: false, problem: 'already-answered' }
  await tx.insert(complaintAnswers).values({ ...given, answeredAt: now })
  return { ok: true }
}

type Post = {
  admin: AdminDb
  mailer: Mailer
  clock: () => Date
  /** Where the sheet is read: the landing's. */
  landingOrigin: string
}

/** In the background and at once; what the mail service does not take now, the job tries again. */
export function mailInBackground(post: Post, complaintId: number, kind: SheetMail): void {
  post.mailer.send('complaint', async () => {
    await mailSheet(post, complaintId, kind)
    return null
  })
}

type News = { operatorMail: string | null; operatorOrigin: string }

/** To us: somebody has written, and the days run. */
export function mailNews(mailer: Mailer, { operatorMail, operatorOrigin }: News, complaint: Complaint): void {
  if (!operatorMail) return
  const link = `${operatorOrigin}/reclamos/${complaint.id}`
  mailer.send('complaint', async () => newsMail(operatorMail, complaint, link))
}

/** One try; the book notes that it was taken. */
export async function mailSheet(post: Post, complaintId: number, kind: SheetMail): Promise<void> {
  const sheet = await findSheet(post.admin, complaintId)
  if (!sheet) throw new Error(`no complaint ${complaintId}`)
  const link = `${post.landingOrigin}/libro-de-reclamaciones/${sheet.complaint.requestKey}`
  await post.mailer.deliver(
    kind === 'copy' ? copyMail(sheet.complaint, link) : answerMail(sheet.complaint, sheet.answer, link),
  )
  await post.admin.insert(complaintMails).values({ complaintId, kind, acceptedAt: post.clock() })
}

const minute = 60_000
const triedForDays = 3

/** Tries again what was not taken at once. One address that does not exist never holds up the others. */
export async function mailAgain(post: Post, now: Date, signal?: AbortSignal): Promise<void> {
  const window = {
    from: new Date(now.getTime() - triedForDays * 24 * 60 * minute),
    // What has just been written is being sent by whoever received it.
    to: new Date(now.getTime() - 2 * minute),
  }
  const failed: unknown[] = []
  for (const { complaintId, kind } of await mailsWaiting(post.admin, window)) {
    signal?.throwIfAborted()
    await mailSheet(post, complaintId, kind).catch((error: unknown) => failed.push(error))
  }
  if (failed.length > 0) {
    throw new Error(`${failed.length} mails of complaints were not taken`, { cause: failed[0] })
  }
}
