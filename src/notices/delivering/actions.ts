import { and, eq, isNull } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { notices } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { findNotice } from '../queries.ts'

export type NoticeRow = { tenantId: number; kind: string; about: string }
type Failure = { error: unknown }

/** The row first, then the mail; what was taken is never sent again. Throws what the mail server said against it. */
export async function deliverOnce(
  admin: AdminDb,
  row: NoticeRow,
  send: () => Promise<void>,
  now: Date,
): Promise<void> {
  const known = await findNotice(admin, row.tenantId, row)
  if (known?.acceptedAt) return
  // Inserting where there is a row would wait for whoever sends it at this moment.
  if (!known)
    await admin
      .insert(notices)
      .ignore()
      .values({ ...row, createdAt: now })
  const failure = await deliver(admin, row, send, now)
  if (failure) throw failure.error
}

/**
 * Under the lock of its row, so that another process passes over it instead of sending it too. One that dies with
 * the mail on its way leaves the row as it was: better a mail twice than none.
 */
async function deliver(
  admin: AdminDb,
  { tenantId, kind, about }: NoticeRow,
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
