import type { RawDb } from './handles.ts'
import type { TenantDb, TenantTx } from './tenant.ts'

/**
 * Reads a business as it stood at one instant, however long the reading takes and whatever is sold meanwhile.
 * Nothing is locked. (`accessMode` beside a snapshot is a syntax error: drizzle forgets the comma between them.)
 */
export function inSnapshot<T>(db: TenantDb, work: (tx: TenantTx) => Promise<T>): Promise<T> {
  return (db as unknown as RawDb).transaction((tx) => work(tx as unknown as TenantTx), {
    isolationLevel: 'repeatable read',
    withConsistentSnapshot: true,
  })
}
