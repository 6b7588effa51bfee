import { DatabaseBusy } from '#src/db/errors.ts'
import type { Db } from '#src/db/tenant.ts'
import { listCategories } from '#src/products/queries.ts'
import type { KnownProduct } from './plan.ts'
import { branchOf, type ImportRecord, knownProducts, planInputOf } from './queries.ts'
import { inWorker } from './workers/in-worker.ts'
import type { PlanInput } from './workers/planner.ts'

export type BookTask =
  | { kind: 'template'; categories: string[]; withProducts: boolean }
  | { kind: 'reasons'; input: PlanInput }
export type FromBook = { bytes: Uint8Array }

/** «Descargar la plantilla», or «Descargar mis productos»: the same columns, filled in. */
export async function templateWorkbook(
  db: Db,
  { withProducts }: { withProducts: boolean },
): Promise<Uint8Array> {
  const categories = (await listCategories(db)).map(({ name }) => name)
  const known = withProducts ? knownProducts(db, await branchOf(db, { branchId: null })) : none()
  const bytes = await written({ kind: 'template', categories, withProducts }, known)
  if (!bytes) throw new DatabaseBusy('the template was not written')
  return bytes
}

/** Every product on sale, in the columns in which they can be uploaded again. */
export const exportWorkbook = (db: Db) => templateWorkbook(db, { withProducts: true })

/** The rows of a file as they came, with a last column «motivo». null: its sheets are kept no more, or too much to plan. */
export async function reasonsWorkbook(db: Db, record: ImportRecord): Promise<Uint8Array | null> {
  const input = await planInputOf(db, record)
  return input && written({ kind: 'reasons', input }, knownProducts(db, await branchOf(db, record)))
}

async function* none(): AsyncGenerator<KnownProduct[]> {}

async function written(task: BookTask, known: AsyncIterable<KnownProduct[]>): Promise<Uint8Array | null> {
  let bytes: Uint8Array | undefined
  const worked = await inWorker<FromBook>('book', task, known, (message) => {
    bytes = message.bytes
    return true
  })
  return worked.ok && bytes ? bytes : null
}
