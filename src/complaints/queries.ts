import { and, asc, desc, eq, gt, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Complaint, ComplaintAnswer } from '#src/complaints/complaint.ts'
import type { Admin } from '#src/db/admin.ts'
import { complaintAnswers, complaintMails, complaints, operators } from '#src/db/admin-schema.ts'

/** With its answer, whoever has its key may read the sheet: the number alone opens nothing. */
export type Sheet = { complaint: Complaint; answer: (ComplaintAnswer & { operatorName: string }) | null }

export async function findComplaintByKey(admin: Admin, requestKey: string): Promise<Complaint | null> {
  const [row] = await admin.select().from(complaints).where(eq(complaints.requestKey, requestKey))
  return row ?? null
}

export const findSheetByKey = (admin: Admin, requestKey: string) =>
  oneSheet(admin, eq(complaints.requestKey, requestKey))

export const findSheet = (admin: Admin, id: number) => oneSheet(admin, eq(complaints.id, id))

/** Those that wait for an answer, the most urgent first. */
export async function listOpen(admin: Admin): Promise<Complaint[]> {
  const rows = await admin
    .select({ complaint: complaints })
    .from(complaints)
    .leftJoin(complaintAnswers, eq(complaintAnswers.complaintId, complaints.id))
    .where(isNull(complaintAnswers.complaintId))
    .orderBy(asc(complaints.answerBy), asc(complaints.id))
    .limit(200)
  return rows.map(({ complaint }) => complaint)
}

export type AnsweredComplaint = Complaint & { answeredAt: Date }

export async function listAnswered(admin: Admin, most = 50, after = 0): Promise<AnsweredComplaint[]> {
  const rows = await admin
    .select({ complaint: complaints, answeredAt: complaintAnswers.answeredAt })
    .from(complaints)
    .innerJoin(complaintAnswers, eq(complaintAnswers.complaintId, complaints.id))
    .where(isNotNull(complaintAnswers.answeredAt))
    .orderBy(desc(complaintAnswers.answeredAt), desc(complaints.id))
    .limit(most)
    .offset(after)
  return rows.map(({ complaint, answeredAt }) => ({ ...complaint, answeredAt }))
}

export type SheetMail = 'copy' | 'answer'

/** When each mail of a sheet was first taken by the consumer's mail service. */
export async function mailsOf(admin: Admin, complaintId: number): Promise<Partial<Record<SheetMail, Date>>> {
  const rows = await admin
    .select()
    .from(complaintMails)
    .where(eq(complaintMails.complaintId, complaintId))
    .orderBy(desc(complaintMails.id))
  return Object.fromEntries(rows.map(({ kind, acceptedAt }) => [kind, acceptedAt]))
}

type Window = { from: Date; to: Date }

/** Copies and answers that nobody has taken yet, of what was written within the window. */
export async function mailsWaiting(admin: Admin, { from, to }: Window) {
  const copies = await admin
    .select({ complaintId: complaints.id })
    .from(complaints)
    .leftJoin(complaintMails, wasMailed('copy'))
    .where(and(isNull(complaintMails.id), gt(complaints.receivedAt, from), lt(complaints.receivedAt, to)))
    .orderBy(shuffled)
    .limit(50)
  const answers = await admin
    .select({ complaintId: complaints.id })
    .from(complaints)
    .innerJoin(complaintAnswers, eq(complaintAnswers.complaintId, complaints.id))
    .leftJoin(complaintMails, wasMailed('answer'))
    .where(
      and(
        isNull(complaintMails.id),
        gt(complaintAnswers.answeredAt, from),
        lt(complaintAnswers.answeredAt, to),
      ),
    )
    .orderBy(shuffled)
    .limit(50)
  return [
    ...copies.map((row) => ({ ...row, kind: 'copy' as const })),
    ...answers.map((row) => ({ ...row, kind: 'answer' as const })),
  ]
}

/** Fifty addresses that nobody takes must not keep the others waiting. */
const shuffled = sql`rand()`

const wasMailed = (kind: SheetMail) =>
  and(eq(complaintMails.complaintId, complaints.id), eq(complaintMails.kind, kind))

async function oneSheet(admin: Admin, which: ReturnType<typeof eq>): Promise<Sheet | null> {
  const [row] = await admin
    .select({ complaint: complaints, answer: complaintAnswers, operatorName: operators.name })
    .from(complaints)
    .leftJoin(complaintAnswers, eq(complaintAnswers.complaintId, complaints.id))
    .leftJoin(operators, eq(operators.id, complaintAnswers.operatorId))
    .where(which)
  if (!row) return null
  const { complaint, answer, operatorName } = row
  return { complaint, answer: answer && { ...answer, operatorName: operatorName ?? '' } }
}
