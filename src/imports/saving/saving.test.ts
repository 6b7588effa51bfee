import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { business, categories, products, stockLevels, stockMovements } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { save, shelves, upload } from '../../../tests/support/imports.ts'
import { undoImport } from '../actions.ts'
import { findImport, previewOf } from '../queries.ts'

let rosa: ReadyTenant
beforeEach(async () => {
  rosa = await readyTenant()
})

const named = async (name: string) =>
  (await rosa.db.select().from(products).where(eq(products.name, name)))[0]!

const list = [
  ['1/4 pollo', 16, 'Pollos', '', '', null, null, '', '', '', '', ''],
  ['Inca Kola 1.5 L', 9, 'Bebidas', '', '', 12, null, '', '', '', '', ''],
  ['Arroz extra', 4.5, 'Abarrotes', 'ARR', '7750182000123', 30, 3.2, 'kg', 'Exonerado', 'bolsa', 'sí', 'sí'],
]

test('Rosa saves her list: what is new, what changes, and her stock', async () => {
  const id = await upload(rosa.db, list)
  const record = (await findImport(rosa.db, id, new Date()))!
  expect(record).toMatchObject({
    status: 'revisada',
    matchBy: 'name',
    summary: { created: 1, priceChanged: 1, otherChanged: 1, same: 0, refused: 0 },
  })
  expect(await rosa.db.$count(products)).toBe(3)
  const preview = (await previewOf(rosa.db, record, { outcome: 'changed', page: 1, pageSize: 10 }))!
  expect(preview.lines.map(({ changes }) => changes)).toEqual([
    { priceCentimos: 1600 },
    { stockThousandths: 12000 },
  ])
  const [before] = await rosa.db.select().from(business)

  const saved = await save(rosa.db, id)
  expect(saved).toMatchObject({ status: 'guardada', failure: null, rowsDone: 3, rowsTotal: 3, canUndo: true })
  const rice = await named('Arroz extra')
  expect(rice).toMatchObject({
    priceCentimos: 450,
    code: 'ARR',
    barcode: '7750182000123',
    costCentimos: 320,
    unit: 'kg',
    stepThousandths: 1,
    affectation: '20',
    presentation: 'bolsa',
    favouritePosition: 0,
    tracksStock: true,
  })
  expect((await named('1/4 pollo')).priceCentimos).toBe(1600)
  const soda = await named('Inca Kola 1.5 L')
  expect(await rosa.db.select().from(stockLevels)).toEqual([
    { branchId: rosa.branchId, productId: soda.id, quantityThousandths: 12000 },
    { branchId: rosa.branchId, productId: rice.id, quantityThousandths: 30000 },
  ])
  const movements = await rosa.db.select().from(stockMovements)
  expect(movements.map(({ reason, importId }) => ({ reason, importId }))).toEqual([
    { reason: 'carga', importId: id },
    { reason: 'carga', importId: id },
  ])
  const [after] = await rosa.db.select().from(business)
  expect(after!.catalogueVersion).toBe(before!.catalogueVersion + 1)
  expect(await rosa.db.$count(categories)).toBe(3)
})

test('the same list again changes nothing', async () => {
  await save(rosa.db, await upload(rosa.db, list))
  const before = await shelves(rosa.db)
  const again = await upload(rosa.db, list)
  expect((await findImport(rosa.db, again, new Date()))!.summary).toEqual({
    created: 0,
    priceChanged: 0,
    otherChanged: 0,
    same: 3,
    refused: 0,
  })
  expect(await shelves(rosa.db)).toEqual(before)
})

test('undone, everything is as it was', async () => {
  const before = await shelves(rosa.db)
  const id = await upload(rosa.db, list)
  await save(rosa.db, id)
  expect(await undoImport(rosa.db, id, rosa.staff, new Date())).toEqual({ ok: true, kept: 0 })
  expect(await shelves(rosa.db)).toEqual(before)
  expect(await undoImport(rosa.db, id, rosa.staff, new Date())).toEqual({ ok: true, kept: 0 })
})
