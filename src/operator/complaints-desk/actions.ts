import { audit } from '#src/audit/actions.ts'
import { answerComplaint } from '#src/complaints/actions.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { inTransaction } from '#src/db/transaction.ts'

type NewAnswer = { complaintId: number; operatorId: number; answer: string; address: string }

/** The answer and the line that says who gave it: neither is ever there without the other. */
export function answerAtDesk(admin: AdminDb, { address, ...given }: NewAnswer, now: Date) {
  return inTransaction(admin, async (tx) => {
    const answered = await answerComplaint(tx, given, now)
    if (!answered.ok) return answered
    const { operatorId, complaintId } = given
    await audit(tx, { operatorId, act: 'complaint.answered', detail: { complaintId }, address }, now)
    return answered
  })
}
