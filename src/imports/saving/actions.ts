import { randomUUID } from 'node:crypto'
import { and, asc, eq, gt, ne } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { imports } from '#src/db/tenant-schema.ts'
import { errnoOf, inTransaction } from '#src/db/transaction.ts'
import { findImport } from '../queries.ts'
import { type Written, writeImport } from '../shelving/actions.ts'
import { inTurn } from '../workers/in-worker.ts'
import { type ImportProblem, importTexts, savingTexts } from './texts.ts'

export type Started =
  /** `finished` ends with the saving, well or not: whoever waits a moment may show the end at once. */
  { ok: true; finished: Promise<void> } | { ok: false; problem: ImportProblem; products?: number }

/** The process's own: its clock, and where it tells of what it did not expect. */
export type Background = {
  clock: () => Date
  report: (error: unknown) => void
  /** How many products the business's plan holds on sale; null or not given: no limit. */
  most?: number | null
}

/** So long a saving may be silent before it counts as dead. */
export const savingLeaseMs = 30_000
const heartbeatMs = 10_000

const running = new Set<Promise<void>>()

/** For whoever stops the process: what is being saved ends first. */
export const importsSettled = async () => void (await Promise.allSettled(running))

/**
 * «Guardar»: runs on when the page is closed. Pressed again while it runs, or when it is done, it answers the
 * same; one file of a business is saved at a time.
 */
export async function startSaving(db: TenantDb, id: number, background: Background): Promise<Started> {
  const owner = randomUUID()
  const claimed = await claim(db, id, owner, background.clock())
  if (!claimed.ok) return claimed
  if (!claimed.isOurs) return { ok: true, finished: Promise.resolve() }
  const finished = save(db, { id, owner, ...background }).finally(() => running.delete(finished))
  running.add(finished)
  return { ok: true, finished }
}

type Claimed = { ok: true; isOurs: boolean } | { ok: false; problem: ImportProblem }

function claim(db: TenantDb, id: number, owner: string, now: Date): Promise<Claimed> {
  return inTransaction(db, async (tx): Promise<Claimed> => {
    // The first import's row stands for all of them: two savings that begin at once meet here.
    await tx.select({ id: imports.id }).from(imports).orderBy(asc(imports.id)).limit(1).for('update')
    const record = await findImport(tx, id, now)
    if (!record || record.status === 'deshecha' || record.status === 'descartada') {
      return { ok: false, problem: 'gone' }
    }
    if (record.status !== 'revisada') return { ok: true, isOurs: false }
    const [other] = await tx
      .select({ id: imports.id })
      .from(imports)
      .where(and(eq(imports.status, 'guardando'), gt(imports.leaseUntil, now), ne(imports.id, id)))
      .limit(1)
    if (other) return { ok: false, problem: 'saving-another' }
    await tx
      .update(imports)
      .set({ status: 'guardando', owner, leaseUntil: leaseFrom(now), rowsDone: 0, failure: null })
      .where(eq(imports.id, id))
    return { ok: true, isOurs: true }
  })
}

type Run = Background & { id: number; owner: string }

async function save(db: TenantDb, { id, owner, clock, report, most = null }: Run): Promise<void> {
  const ours = and(eq(imports.id, id), eq(imports.owner, owner), eq(imports.status, 'guardando'))
  // Outside the transaction, so that other pages see them.
  const tell = (set: Partial<typeof imports.$inferInsert>) =>
    db
      .update(imports)
      .set({ ...set, leaseUntil: leaseFrom(clock()) })
      .where(ours)
      .catch(() => {}) // the next one tells more
  const heartbeat = setInterval(() => void tell({}), heartbeatMs)
  let failure: string | null = null
  try {
    const written: Written = await inTurn('saving', (run) =>
      inTransaction(db, (tx: TenantTx) => writeImport(tx, { id, owner, clock, run, most, tell })),
    )
    if (!written.ok) failure = importTexts[written.problem](written.products ?? 0)
  } catch (error) {
    const areTwins = errnoOf(error) === duplicateEntry
    failure = areTwins ? savingTexts.twins : savingTexts.failed
    if (!areTwins) report(error)
  } finally {
    clearInterval(heartbeat)
  }
  if (failure === null) return
  await db
    .update(imports)
    .set({ status: 'revisada', owner: null, leaseUntil: null, rowsDone: 0, failure })
    .where(ours)
    .catch(report) // then the lease ends by itself
}

const duplicateEntry = 1062
const leaseFrom = (now: Date) => new Date(now.getTime() + savingLeaseMs)
