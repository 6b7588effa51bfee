import { eq } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import { type ExtensionProblem, extensionProblem, extensionUntil } from '#src/billing/lock/lock.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { limaDate } from '#src/lib/lima.ts'

type Asked = { tenantId: number; userId: number }
export type Extension = { ok: true; until: Date } | { ok: false; problem: ExtensionProblem }

/** «Necesito 3 días más»: once in a business's life. The second of two clicks finds them given. */
export function takeExtension(admin: AdminDb, { tenantId, userId }: Asked, now: Date): Promise<Extension> {
  return inTransaction(admin, async (tx): Promise<Extension> => {
    const [found] = await tx.select().from(tenants).where(eq(tenants.id, tenantId)).for('update')
    if (!found) throw new Error(`business ${tenantId} is gone`)
    const { extensionTakenAt, extendedUntil } = found
    if (extensionTakenAt && extendedUntil && now < extendedUntil) return { ok: true, until: extendedUntil }
    const problem = extensionProblem(found)
    if (problem) return { ok: false, problem }
    const until = extensionUntil(extendedUntil, now)
    await tx
      .update(tenants)
      .set({ extendedUntil: until, extensionTakenAt: now })
      .where(eq(tenants.id, tenantId))
    const detail = { until: until.toISOString() }
    await audit(tx, { act: 'tenant.extension-taken', tenantId, userId, detail }, now)
    return { ok: true, until }
  })
}

/** «Ahora no»: the strip of the last days comes back tomorrow. */
export async function hideStrip(admin: AdminDb, tenantId: number, now: Date): Promise<void> {
  await admin
    .update(tenants)
    .set({ stripHiddenOn: limaDate(now) })
    .where(eq(tenants.id, tenantId))
}
