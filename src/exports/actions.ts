import { randomBytes } from 'node:crypto'
import { and, eq, gt, inArray } from 'drizzle-orm'
import { findUser } from '#src/accounts/queries.ts'
import { audit } from '#src/audit/actions.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { dataExports, tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import { leaseFrom, leastFreeShare } from './export.ts'
import { freeShare, removeZips } from './files/actions.ts'
import { runExport } from './running/actions.ts'
import type { ExportProblem } from './texts.ts'

export { exportsFolder } from './files/actions.ts'
export { exportsSettled, stopExports } from './running/actions.ts'
export { sweepExports } from './sweeping/actions.ts'

/** Of one business, whoever asks: each takes a minute of the whole machine. */
const exportLimit = { bucket: 'export', max: 6, windowSeconds: 3600 }

type Asked = {
  tenant: Tenant
  userId: number
  sessionId: string
  password: string
  address: string
}
export type AskedForExport = { ok: true; id: number } | { ok: false; problem: ExportProblem }

/**
 * Starts «Descargar todo» in the background, for this session alone. The password is asked again, because the
 * file holds everything; asking twice at once makes one, and a new one takes the place of the one before.
 */
export async function askForExport(
  services: Services,
  { tenant, password, ...who }: Asked,
  now: Date,
  freeShareOf: (folder: string) => Promise<number> = freeShare,
): Promise<AskedForExport> {
  const { databases, hasher, config } = services
  const user = await findUser(databases.admin, who.userId)
  if (!(await hasher.verify(password, user?.passwordHash ?? null))) return refused('wrong-password')
  if ((await freeShareOf(config.dataFolder)) < leastFreeShare) {
    services.log.error({ tenantId: tenant.id }, 'an export was refused: the disk is nearly full')
    return refused('no-space')
  }
  const hit = await takeHit(databases.admin, exportLimit, String(tenant.id), now)
  if (!hit.ok) return refused('too-many')
  const begun = await inTransaction(databases.admin, (tx) =>
    beginExport(tx, { tenantId: tenant.id, ...who }, now),
  )
  if (!begun.ok) return begun
  if (begun.isNew) {
    await removeZips(config.dataFolder, begun.replaced)
    runExport({ ...services, freeShareOf }, tenant, begun)
  }
  return { ok: true, id: begun.id }
}

type Begun = { ok: true; id: number; fileName: string; isNew: boolean; replaced: string[] }

async function beginExport(
  tx: AdminTx,
  {
    tenantId,
    userId,
    sessionId,
    address,
  }: { tenantId: number; userId: number; sessionId: string; address: string },
  now: Date,
): Promise<Begun | ReturnType<typeof refused>> {
  // Two presses at once: the second waits here, and finds what the first has made.
  await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenantId)).for('update')
  const [underway] = await tx
    .select({ id: dataExports.id, sessionId: dataExports.sessionId, fileName: dataExports.fileName })
    .from(dataExports)
    .where(
      and(
        eq(dataExports.tenantId, tenantId),
        inArray(dataExports.status, ['waiting', 'making']),
        gt(dataExports.leaseUntil, now),
      ),
    )
  if (underway && underway.sessionId !== sessionId) return refused('underway-elsewhere')
  if (underway)
    return { ok: true, id: underway.id, fileName: underway.fileName ?? '', isNew: false, replaced: [] }
  const replaced = await dropReady(tx, tenantId)
  const random = randomBytes(16).toString('hex')
  const [row] = await tx
    .insert(dataExports)
    .values({ tenantId, userId, sessionId, status: 'waiting', createdAt: now, leaseUntil: leaseFrom(now) })
    .$returningId()
  if (!row) throw new Error('the export was not written')
  const fileName = `${row.id}-${random}.zip`
  await tx.update(dataExports).set({ fileName }).where(eq(dataExports.id, row.id))
  await audit(tx, { userId, tenantId, act: 'export.asked', detail: { export: row.id }, address }, now)
  return { ok: true, id: row.id, fileName, isNew: true, replaced }
}

/** Of one business one zip lies on the disk: six an hour of a large one would fill it. The files that go with it. */
async function dropReady(tx: AdminTx, tenantId: number): Promise<string[]> {
  const isReady = and(eq(dataExports.tenantId, tenantId), eq(dataExports.status, 'ready'))
  const rows = await tx.select({ fileName: dataExports.fileName }).from(dataExports).where(isReady)
  await tx.delete(dataExports).where(isReady)
  return rows.flatMap(({ fileName }) => fileName ?? [])
}

const refused = (problem: ExportProblem) => ({ ok: false as const, problem })
