import { and, eq } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { queueMarks } from '#src/db/admin-schema.ts'
import { isBusiness } from './queries.ts'
import type { Mark } from './waiting.ts'

/** «Hecho»: out of this queue for this reason. Pressed twice, by one or by two: the first one's hour stays. */
export async function markDone(
  admin: AdminDb,
  { tenantId, queue, about }: Mark,
  operatorId: number,
  now: Date,
): Promise<{ ok: boolean }> {
  if (!(await isBusiness(admin, tenantId))) return { ok: false }
  await admin.insert(queueMarks).ignore().values({ tenantId, queue, about, operatorId, markedAt: now })
  return { ok: true }
}

/** «Deshacer»: back into the queue, if the reason still holds. */
export async function unmark(admin: AdminDb, { tenantId, queue, about }: Mark): Promise<void> {
  await admin
    .delete(queueMarks)
    .where(and(eq(queueMarks.tenantId, tenantId), eq(queueMarks.queue, queue), eq(queueMarks.about, about)))
}
