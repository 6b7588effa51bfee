import { and, asc, count, eq, gt, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { payments } from '#src/db/admin-schema.ts'

/** Confirmed since then and paid there, by its number there: one part of all of them, by the day. */
export async function paidThere(admin: AdminDb, since: Date, day: number, most: number): Promise<string[]> {
  const which = and(
    eq(payments.status, 'confirmed'),
    isNotNull(payments.externalId),
    gt(payments.decidedAt, since),
  )
  const parts = Math.max(1, Math.ceil((await countOf(admin, which)) / most))
  const rows = await admin
    .select({ externalId: payments.externalId })
    .from(payments)
    .where(and(which, sql`mod(${payments.id}, ${parts}) = ${day % parts}`))
    .orderBy(asc(payments.id))
  return rows.flatMap(({ externalId }) => externalId ?? [])
}

async function countOf(admin: AdminDb, which: SQL | undefined): Promise<number> {
  const [row] = await admin.select({ all: count() }).from(payments).where(which)
  return row?.all ?? 0
}
