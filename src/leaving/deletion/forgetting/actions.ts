import { and, eq, inArray, isNotNull, isNull, notExists, notInArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { AdminTx } from '#src/db/admin.ts'
import {
  auditLog,
  dataExports,
  emailConfirmations,
  files,
  memberships,
  passwordResets,
  payments,
  queueMarks,
  sessions,
  subscriptions,
  supportGrants,
  tenantStats,
  users,
} from '#src/db/admin-schema.ts'

/**
 * Everything that names a person of this business outside its own database. What stays are the payments that were
 * made, with whom our own boleta or factura was made out to: the tax code wants them kept (Código
 * Tributario, art. 87, num. 7); and of the audit log the acts, without the addresses they came from.
 */
export async function forgetPeople(tx: AdminTx, tenantId: number, now: Date): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.tenantId, tenantId))
  await tx.delete(dataExports).where(eq(dataExports.tenantId, tenantId))
  await tx.update(auditLog).set({ address: null }).where(eq(auditLog.tenantId, tenantId))
  await tx
    .update(supportGrants)
    .set({ endedAt: now, codeHash: null, sessionHash: null })
    .where(and(eq(supportGrants.tenantId, tenantId), isNull(supportGrants.endedAt)))
  // How far it came is a figure of the funnel; whose it was is forgotten.
  await tx
    .update(tenantStats)
    .set({ ownerName: '', ownerEmail: '', whatsapp: null })
    .where(eq(tenantStats.tenantId, tenantId))
  await tx.delete(queueMarks).where(eq(queueMarks.tenantId, tenantId))
  await tx.delete(subscriptions).where(eq(subscriptions.tenantId, tenantId))
  await forgetPayers(tx, tenantId)
  await forgetUsers(tx, tenantId)
}

/** Payments that became none carry nobody's name; pictures go with all of them. */
async function forgetPayers(tx: AdminTx, tenantId: number): Promise<void> {
  const pictures = await tx
    .select({ id: payments.pictureId })
    .from(payments)
    .where(and(eq(payments.tenantId, tenantId), isNotNull(payments.pictureId)))
  await tx
    .update(payments)
    .set({ pictureId: null, userId: null, checkoutUrl: null })
    .where(eq(payments.tenantId, tenantId))
  await tx
    .update(payments)
    .set({ documentNumber: null, documentName: null, documentAddress: null, operationNumber: null })
    .where(
      and(
        eq(payments.tenantId, tenantId),
        notInArray(payments.status, ['confirmed', 'refunded', 'charged_back']),
      ),
    )
  const ids = pictures.flatMap(({ id }) => (id ? [id] : []))
  if (ids.length === 0) return
  const shown = tx.select({ id: payments.id }).from(payments).where(eq(payments.pictureId, files.id))
  await tx.delete(files).where(and(inArray(files.id, ids), notExists(shown)))
}

/** Whoever has no other business is forgotten; who has one keeps her account there. */
async function forgetUsers(tx: AdminTx, tenantId: number): Promise<void> {
  const people = await tx
    .select({ id: memberships.userId })
    .from(memberships)
    .where(eq(memberships.tenantId, tenantId))
  await tx.delete(memberships).where(eq(memberships.tenantId, tenantId))
  const ids = people.map(({ id }) => id)
  if (ids.length === 0) return
  const other = alias(memberships, 'other')
  const alone = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        inArray(users.id, ids),
        notExists(tx.select({ id: other.userId }).from(other).where(eq(other.userId, users.id))),
      ),
    )
    .for('update')
  const gone = alone.map(({ id }) => id)
  if (gone.length === 0) return
  for (const table of [sessions, passwordResets, emailConfirmations])
    await tx.delete(table).where(inArray(table.userId, gone))
  await tx.delete(users).where(inArray(users.id, gone))
}
