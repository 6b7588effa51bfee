import { eq } from 'drizzle-orm'
import type { Lock } from '#src/billing/account.ts'
import type { Opening } from '#src/cash/form.ts'
import { openSession } from '#src/cash/queries.ts'
import type { OpeningRefusal } from '#src/cash/texts.ts'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { cashSessions, registers } from '#src/db/tenant-schema.ts'
import { inTransaction, onceMoreOnDuplicate } from '#src/db/transaction.ts'

export type Opened = { ok: true; id: number } | OpeningRefusal

/**
 * Opens a turno, unless the account is locked. The same key again is the same turno (a double click, a page sent twice); one open turno a
 * register, which the unique index also holds.
 */
export function openCashSession(
  db: TenantDb,
  opener: { id: number },
  opening: Opening,
  now: Date,
  lock: Lock | null = null,
): Promise<Opened> {
  return onceMoreOnDuplicate(() => inTransaction(db, (tx) => openIn(tx, opener, opening, now, lock)))
}

async function openIn(
  tx: TenantTx,
  opener: { id: number },
  { requestKey, registerId, floatCentimos }: Opening,
  now: Date,
  lock: Lock | null,
): Promise<Opened> {
  const [register] = await tx
    .select({ id: registers.id })
    .from(registers)
    .where(eq(registers.id, registerId))
    .for('update')
  if (!register) return { ok: false, problem: 'unknown-register' }

  const [made] = await tx
    .select({ id: cashSessions.id, registerId: cashSessions.registerId, float: cashSessions.floatCentimos })
    .from(cashSessions)
    .where(eq(cashSessions.requestKey, requestKey))
  if (made) {
    const isSame = made.registerId === registerId && made.float === floatCentimos
    return isSame ? { ok: true, id: made.id } : { ok: false, problem: 'request-key-reused' }
  }
  const open = await openSession(tx, registerId)
  if (open) {
    return { ok: false, problem: 'already-open', since: { openedAt: open.openedAt, by: open.openedBy } }
  }
  if (lock) return { ok: false, problem: 'locked' }
  const [inserted] = await tx
    .insert(cashSessions)
    .values({ registerId, requestKey, openedBy: opener.id, openedAt: now, floatCentimos })
  return { ok: true, id: inserted.insertId }
}
