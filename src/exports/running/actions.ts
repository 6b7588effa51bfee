import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { and, eq, inArray } from 'drizzle-orm'
import { dataExports } from '#src/db/admin-schema.ts'
import { describeError } from '#src/db/errors.ts'
import type { Services } from '#src/http/env.ts'
import { type MachineLease, machineLease } from '#src/jobs/machine-lease.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import { expiryFrom, leaseFrom, leastFreeShare } from '../export.ts'
import { exportsFolder } from '../files/actions.ts'
import { makeZip, type Progress } from '../making/actions.ts'

type Running = Pick<Services, 'databases' | 'clock' | 'config' | 'log'> & {
  freeShareOf: (folder: string) => Promise<number>
}

const heartbeatMs = 3_000
const lookAgainMs = 1_000

const underway = new Map<Promise<void>, AbortController>()

/** Makes the zip in the background, when no other is being made on this machine. What fails is told in its row. */
export function runExport(services: Running, tenant: Tenant, begun: { id: number; fileName: string }): void {
  const stopping = new AbortController()
  const work = makeInTurn(services, tenant, begun, stopping).finally(() => underway.delete(work))
  underway.set(work, stopping)
}

/** When nothing is being made any more: in tests. */
export async function exportsSettled(): Promise<void> {
  while (underway.size > 0) await Promise.all(underway.keys())
}

/** Before the process ends: what is being made ends as failed, and leaves no half file. */
export async function stopExports(): Promise<void> {
  for (const stopping of underway.values()) stopping.abort(new Error('the server stops'))
  await exportsSettled()
}

async function makeInTurn(
  services: Running,
  tenant: Tenant,
  { id, fileName }: { id: number; fileName: string },
  stopping: AbortController,
): Promise<void> {
  const { databases, clock, config, log } = services
  const file = join(exportsFolder(config.dataFolder), fileName)
  const row = rowOf(services, id)
  let progress: Progress = { done: 0, all: 0 }
  let isMaking = false
  const look = () => stopOnFullDisk(services, tenant, stopping)
  const beat = setInterval(() => {
    void look()
    row
      .alive(progress, isMaking)
      .then((isOurs) => isOurs || stopping.abort(new Error('the lease was lost')))
      .catch(() => {}) // a database that does not answer now answers the next beat, or the lease ends
  }, heartbeatMs)
  let lease: MachineLease | null = null
  try {
    lease = await turn(services, stopping.signal)
    isMaking = true
    await row.alive(progress, isMaking)
    const bytes = await makeZip(file, {
      db: databases.tenant(tenant),
      business: tenant,
      now: clock(),
      signal: AbortSignal.any([stopping.signal, lease.lost]),
      onProgress: (now) => {
        progress = now
        return look()
      },
    })
    if (!(await row.ready(bytes))) await rm(file, { force: true })
  } catch (error) {
    if (!stopping.signal.aborted)
      log.error({ tenantId: tenant.id, error: describeError(error) }, 'an export failed')
    await rm(file, { force: true })
    await row.failed(error).catch(() => {}) // its lease ends, and then it is failed all the same
  } finally {
    clearInterval(beat)
    await lease?.release().catch(() => {})
  }
}

/** A large one takes minutes, and is not alone on the disk: a full one stops every till. */
async function stopOnFullDisk(
  { config, log, freeShareOf }: Running,
  tenant: Tenant,
  stopping: AbortController,
): Promise<void> {
  const free = await freeShareOf(config.dataFolder).catch(() => 0)
  if (free >= leastFreeShare || stopping.signal.aborted) return
  log.error({ tenantId: tenant.id }, 'an export was given up: the disk is nearly full')
  stopping.abort(new Error('the disk is nearly full'))
}

/** One at a time on a machine: it takes a core and the disk, beside the tills. */
async function turn({ databases, clock }: Running, signal: AbortSignal): Promise<MachineLease> {
  for (;;) {
    signal.throwIfAborted()
    const lease = await machineLease(databases.admin, 'export', { clock, waitMs: 0 })
    if (lease) return lease
    await pause(lookAgainMs, undefined, { signal })
  }
}

function rowOf({ databases: { admin }, clock }: Running, id: number) {
  const isOurs = and(eq(dataExports.id, id), inArray(dataExports.status, ['waiting', 'making']))
  const set = async (values: Partial<typeof dataExports.$inferInsert>) => {
    const [result] = await admin.update(dataExports).set(values).where(isOurs)
    return result.affectedRows === 1
  }
  return {
    alive: ({ done, all }: Progress, isMaking: boolean) =>
      set({
        leaseUntil: leaseFrom(clock()),
        doneParts: done,
        allParts: all,
        ...(isMaking ? { status: 'making' } : {}),
      }),
    ready: (bytes: number) => {
      const now = clock()
      return set({ status: 'ready', bytes, finishedAt: now, expiresAt: expiryFrom(now), leaseUntil: null })
    },
    failed: (error: unknown) =>
      set({
        status: 'failed',
        problem: describeError(error).message.slice(0, 300),
        finishedAt: clock(),
        leaseUntil: null,
      }),
  }
}
