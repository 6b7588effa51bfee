import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { DatabaseBusy } from '#src/db/errors.ts'
import { importEdits, products } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { changeProduct } from '#src/products/actions.ts'
import { lockCatalogue } from '#src/products/queries.ts'
import { type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { background, save, shelves, upload } from '../../../tests/support/imports.ts'
import { createImport, editCell, setOptions, startSaving } from '../actions.ts'
import { findImport, previewOf } from '../queries.ts'
import { inTurn, inWorker } from '../workers/in-worker.ts'

let rosa: ReadyTenant
beforeEach(async () => {
  rosa = await readyTenant()
})

const now = () => new Date()
const view = { outcome: 'created', page: 1, pageSize: 5 } as const

/** Somebody else's long file: the worker is taken until `leave` is called. */
async function takenWorker() {
  const { promise, resolve: leave } = Promise.withResolvers<void>()
  const taken = Promise.withResolvers<void>()
  const left = inTurn('looking', () => {
    taken.resolve()
    return promise
  })
  await taken.promise
  return {
    leave: () => {
      leave()
      return left
    },
  }
}

test('a saving that waits behind other businesses does not stop Rosa from changing a price', async () => {
  const id = await upload(rosa.db, [['Arroz', 4.5]])
  const worker = await takenWorker()
  const saving = save(rosa.db, id)
  await pause(200)
  const changed = { name: '1/4 pollo', priceCentimos: 1700, category: null, code: null, barcode: null }
  const startedAt = performance.now()
  expect(await changeProduct(rosa.db, rosa.products.quarter, changed, now())).toMatchObject({ ok: true })
  expect(performance.now() - startedAt).toBeLessThan(2_000)
  expect(await findImport(rosa.db, id, now())).toMatchObject({ status: 'guardando' })
  await worker.leave()
  expect((await saving).status).toBe('guardada')
})

test('only so many wait to look, the others are told; a saving goes first', async () => {
  const carla = await readyTenant('Bodega Carla')
  const hers = await upload(carla.db, [['Leche', 4]])
  const id = await upload(rosa.db, [['Arroz', 4.5]])
  const record = (await findImport(carla.db, hers, now()))!
  const worker = await takenWorker()
  const looks = Array.from({ length: 40 }, () => previewOf(carla.db, record, view))
  const looked = Promise.allSettled(looks)
  await pause(200)
  expect(await setOptions(carla.db, hers, { stockMode: 'add' }, now())).toEqual({ ok: true })
  const read = { sheets: [{ name: 'Hoja', rows: [] }], mapping: record.mapping }
  expect(await createImport(carla.db, carla.staff, 'otra.xlsx', read, now())).toEqual({
    ok: false,
    problem: 'busy',
  })
  const ended: string[] = []
  const saving = save(rosa.db, id).then(({ status }) => ended.push(status))
  for (const look of looks) void look.then(() => ended.push('looked')).catch(() => {})
  await pause(200)
  await worker.leave()
  const results = await looked
  await saving
  expect(ended).toEqual(['guardada', ...Array.from({ length: 8 }, () => 'looked')])
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(32)
  expect(refused.every(({ reason }) => reason instanceof DatabaseBusy)).toBe(true)
})

test('a worker that dies is noticed while the products are still being read, and nothing more is read', async () => {
  let pages = 0
  // The end of the products comes first: the planner begins without a task, and falls over.
  const slow = async function* () {
    for (; pages < 40; pages++) {
      yield null as never
      await pause(300)
    }
  }
  const startedAt = performance.now()
  await expect(inWorker('plan', null as never, slow(), () => false)).rejects.toThrow()
  expect(performance.now() - startedAt).toBeLessThan(6_000)
  const then = pages
  await pause(900)
  expect(pages - then).toBeLessThanOrEqual(1)
})

test('what was mended after a saver fell silent counts: the saver that comes back writes nothing', async () => {
  const id = await upload(rosa.db, [['Arroz', 4.5]])
  const before = await shelves(rosa.db)
  const told: unknown[] = []
  const late = {
    clock: () => new Date(Date.now() - 60_000),
    report: (error: unknown) => void told.push(error),
  }
  let saving: Promise<void> | undefined
  let editing: Promise<unknown> | undefined
  await inTransaction(rosa.db, async (tx) => {
    await lockCatalogue(tx)
    const started = await startSaving(rosa.db, id, late)
    if (started.ok) saving = started.finished
    await pause(100)
    editing = editCell(rosa.db, id, { row: 2, field: 'price', text: '5.20' }, now())
    while ((await rosa.db.$count(importEdits, eq(importEdits.importId, id))) === 0) await pause(10)
    return { ok: true }
  })
  expect(await editing).toEqual({ ok: true })
  await saving
  expect(String(told)).toContain('the lease of a saving was lost')
  expect(await shelves(rosa.db)).toEqual(before)
  expect((await save(rosa.db, id)).status).toBe('guardada')
  const [rice] = await rosa.db.select().from(products).where(eq(products.name, 'Arroz'))
  expect(rice!.priceCentimos).toBe(520)
  expect(await startSaving(rosa.db, id, background)).toMatchObject({ ok: true })
})
