import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { AdminDb } from './admin.ts'
import type { Behind } from './migration-plan.ts'
import {
  databaseNow,
  finishing,
  heartbeatMs,
  nextLease,
  type Run,
  run,
  stretchFrom,
} from './migration-progress.ts'
import { schemaMigrations } from './migration-table.ts'
import type { Migration } from './migrations.ts'
import { retrying } from './transaction.ts'

/** The same file on several databases, claimed in one write and finished in one: of a thousand, seconds. */
export type Group = {
  /** Of those that nobody had begun; the others are claimed one by one. */
  runs: ReadonlyMap<number, Run>
  /** Writes down what is finished, and gives back what was not begun. */
  end(): Promise<void>
}

/**
 * A process killed before the end leaves them «running», all statements in doubt: the next run repeats them and takes
 * «it is there already» for an answer. So only a file all of whose statements can be repeated is run in a group.
 */
export const isForGroups = (file: Migration) => stretchFrom(file, 0).length === file.statements.length

export async function claimGroup(
  admin: AdminDb,
  tenants: readonly Behind[],
  file: Migration,
): Promise<Group> {
  const owner = randomUUID()
  const ours = and(eq(schemaMigrations.version, file.version), eq(schemaMigrations.owner, owner))
  const [inserted] = await retrying(() =>
    admin
      .insert(schemaMigrations)
      .ignore()
      .values(tenants.map((tenant) => rowOf(tenant, file, owner))),
  )
  // Whoever was marked for a swap since the list was read: claimed one by one, and refused there.
  const [given] =
    await admin.execute(sql`delete m from schema_migrations m join tenants t on t.id = m.tenant_id
    where m.version = ${file.version} and m.owner = ${owner} and t.busy_until > ${databaseNow}`)
  const isAll =
    inserted.affectedRows === tenants.length && (given as { affectedRows: number }).affectedRows === 0
  const claimed = isAll
    ? tenants
    : await admin.select({ id: schemaMigrations.tenantId }).from(schemaMigrations).where(ours)
  const beat = () =>
    void admin
      .update(schemaMigrations)
      .set({ leaseUntil: nextLease })
      .where(ours)
      .catch(() => {})
  const heartbeat = setInterval(beat, heartbeatMs)

  const finished: number[] = []
  const isEmpty = new Map(tenants.map(({ id, isSpare }) => [id, isSpare]))
  const runs = claimed.map(({ id }) => {
    const claim = { admin, tenantId: id, file, isEmpty: isEmpty.get(id) ?? false, owner }
    const finish = async () => void finished.push(id)
    return [id, run(claim, { done: 0, maybeDone: new Set<number>(), isAnnounced: true }, { finish })] as const
  })
  return {
    runs: new Map(runs),
    async end() {
      clearInterval(heartbeat)
      const [first, ...others] = finished
      if (first !== undefined)
        await retrying(() => admin.execute(finishing({ file, owner }, [first, ...others])))
      if (finished.length === claimed.length) return
      // What was not begun waits for nobody; what is in doubt stays so.
      await admin.update(schemaMigrations).set({ owner: null, leaseUntil: null }).where(ours)
    },
  }
}

const rowOf = ({ id, isSpare }: Behind, file: Migration, owner: string) => ({
  tenantId: id,
  version: file.version,
  name: file.name,
  hash: file.hash,
  statements: file.statements.length,
  runningStatement: 0,
  state: 'running' as const,
  owner,
  leaseUntil: nextLease,
  startedAt: databaseNow,
  readsFrom: file.readsFrom,
  isFresh: isSpare,
})
