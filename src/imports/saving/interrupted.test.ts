import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, inject, test } from 'vitest'
import { imports, products, stockLevels, stockMovements } from '#src/db/tenant-schema.ts'
import { charge } from '#src/sales/actions.ts'
import { type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { background, type SheetCell, save, shelves, upload } from '../../../tests/support/imports.ts'
import { openShop, order } from '../../../tests/support/till.ts'
import { discardImport, editCell, startSaving, sweepImports, undoImport } from '../actions.ts'
import { findImport, listImports } from '../queries.ts'
import { savingLeaseMs } from './actions.ts'
import { savingTexts } from './texts.ts'

let rosa: ReadyTenant
beforeEach(async () => {
  rosa = await readyTenant()
})

const list = (howMany: number): SheetCell[][] =>
  Array.from({ length: howMany }, (_, at) => [
    `Producto ${at}`,
    (at % 900) + 1,
    `Categoría ${at % 12}`,
    `C${at}`,
    '',
    at % 40,
  ])
const afterLease = () => new Date(Date.now() + savingLeaseMs + 1)
const now = () => new Date()

test('a code that only the database takes for a twin stops the third part, and nothing is left', async () => {
  const before = await shelves(rosa.db)
  const rows = list(1_600)
  rows[10]![3] = 'oe1'
  rows[1_500]![3] = 'œ1'
  const saved = await save(rosa.db, await upload(rosa.db, rows))
  expect(saved).toMatchObject({ status: 'revisada', failure: savingTexts.twins, rowsDone: 0, canUndo: false })
  expect(await shelves(rosa.db)).toEqual(before)
  expect(await rosa.db.$count(stockMovements)).toBe(0)
})

test('a process killed in the middle leaves nothing, and «Guardar» works again', {
  timeout: 60_000,
}, async () => {
  const before = await shelves(rosa.db)
  const importId = await upload(rosa.db, list(6_000))
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../../tests/support/dying-saver.ts')],
    {
      stdio: ['pipe', 'inherit', 'inherit'],
    },
  )
  child.stdin.end(JSON.stringify({ server: inject('testServer'), tenantId: rosa.tenant.id, importId }))
  const gone = once(child, 'exit')
  let rowsDone = 0
  while (rowsDone === 0 && child.exitCode === null) {
    const [row] = await rosa.db.select().from(imports).where(eq(imports.id, importId))
    rowsDone = row!.rowsDone
    await pause(2)
  }
  child.kill('SIGKILL')
  expect((await gone)[1]).toBe('SIGKILL')
  expect(rowsDone).toBeLessThan(6_000)
  expect(await findImport(rosa.db, importId, now())).toMatchObject({ status: 'guardando' })
  expect(await shelves(rosa.db)).toEqual(before)

  expect(await findImport(rosa.db, importId, afterLease())).toMatchObject({
    status: 'revisada',
    failure: savingTexts.interrupted,
  })
  const started = await startSaving(rosa.db, importId, { ...background, clock: afterLease })
  if (started.ok) await started.finished
  expect(await findImport(rosa.db, importId, now())).toMatchObject({ status: 'guardada', rowsDone: 6_000 })
  expect(await rosa.db.$count(products)).toBe(6_003)
})

test('pressed twice, it is saved once; pressed again later, it is saved already', async () => {
  const id = await upload(rosa.db, list(700))
  const presses = await Promise.all([1, 2, 3].map(() => startSaving(rosa.db, id, background)))
  expect(presses.map(({ ok }) => ok)).toEqual([true, true, true])
  await Promise.all(presses.map((press) => press.ok && press.finished))
  expect(await findImport(rosa.db, id, now())).toMatchObject({ status: 'guardada', failure: null })
  expect(await rosa.db.$count(products)).toBe(703)
  expect(await save(rosa.db, id)).toMatchObject({ status: 'guardada' })
  expect(await rosa.db.$count(products)).toBe(703)
})

test('two files at once: the second is told to wait, and both previews stay', async () => {
  const [one, two] = [await upload(rosa.db, list(2_000)), await upload(rosa.db, [['Otro', 3]])]
  const presses = await Promise.all([
    startSaving(rosa.db, one, background),
    startSaving(rosa.db, two, background),
  ])
  const refused = presses.filter((press) => !press.ok)
  expect(refused).toEqual([{ ok: false, problem: 'saving-another' }])
  await Promise.all(presses.map((press) => press.ok && press.finished))
  const [first, second] = await Promise.all([one, two].map((id) => findImport(rosa.db, id, now())))
  expect([first?.status, second?.status].toSorted()).toEqual(['guardada', 'revisada'])
})

test('what changed since the preview is seen: what is written is what the file says of it then', async () => {
  const id = await upload(rosa.db, [
    ['Pollo entero', 60],
    ['Nuevo', 5],
  ])
  await rosa.db.update(products).set({ priceCentimos: 6000 }).where(eq(products.id, rosa.products.whole))
  await rosa.db
    .insert(products)
    .values({ name: 'NUEVO', priceCentimos: 1, createdAt: now(), updatedAt: now() })
  expect((await save(rosa.db, id)).summary).toMatchObject({ created: 0, priceChanged: 1, same: 1 })
  expect(await rosa.db.$count(products)).toBe(4)
})

test('20,001 products are too many, and it says how many there would be', { timeout: 60_000 }, async () => {
  const id = await upload(rosa.db, list(19_998))
  const saved = await save(rosa.db, id)
  expect(saved.status).toBe('revisada')
  expect(saved.failure).toContain('Tendrías 20,001 productos; el máximo es 20,000.')
  await rosa.db.update(products).set({ active: false }).where(eq(products.id, rosa.products.soda))
  expect((await save(rosa.db, id)).status).toBe('guardada')
  expect(await rosa.db.$count(products)).toBe(20_001)
  expect(await undoImport(rosa.db, id, rosa.staff, now())).toEqual({ ok: true, kept: 0 })
  expect(await rosa.db.$count(products)).toBe(3)
})

test('Beto sells what is just being loaded: every sale goes through, and the stock adds up', async () => {
  const shop = await openShop()
  const { soda, whole } = shop.products
  const rows: SheetCell[][] = [
    ['Inca Kola 1.5 L', 9, null, null, null, 40],
    ['Pollo entero', 58, null, null, null, 9],
  ]
  await save(shop.db, await upload(shop.db, rows))
  const id = await upload(shop.db, [
    ['Inca Kola 1.5 L', 9, 'Gaseosas', null, null, 50],
    ['Pollo entero', 58, 'Otros', null, null, 10],
    ...list(2_000),
  ])
  const lines = [whole, soda].map((productId) => ({
    productId,
    quantityThousandths: 1000,
    unitPriceCentimos: productId === soda ? 900 : 5800,
  }))
  const saving = save(shop.db, id)
  const sold = []
  for (let n = 0; n < 25; n++)
    sold.push(await charge(shop.db, shop.tenant, shop.beto, order(shop, { lines }), now()))
  expect((await saving).status).toBe('guardada')
  expect(sold.filter(({ ok }) => !ok)).toEqual([])
  for (const productId of [soda, whole]) {
    const [level] = await shop.db.select().from(stockLevels).where(eq(stockLevels.productId, productId))
    const moved = await shop.db.select().from(stockMovements).where(eq(stockMovements.productId, productId))
    expect(moved.reduce((sum, { quantityThousandths }) => sum + quantityThousandths, 0)).toBe(
      level!.quantityThousandths,
    )
  }
})

test('nothing to save is said, not saved', async () => {
  const saved = await save(rosa.db, await upload(rosa.db, [['Pollo entero', 58]]))
  expect(saved.failure).toContain('No hay nada que guardar')
})

test('another business does not see it', async () => {
  const carla = await readyTenant('Bodega Carla')
  const id = await upload(rosa.db, list(3))
  expect(await findImport(carla.db, id, now())).toBeNull()
  expect(await startSaving(carla.db, id, background)).toEqual({ ok: false, problem: 'gone' })
  expect(await undoImport(carla.db, id, carla.staff, now())).toEqual({ ok: false, problem: 'gone' })
  expect(await editCell(carla.db, id, { row: 2, field: 'name', text: 'x' }, now())).toEqual({
    ok: false,
    problem: 'gone',
  })
})

test('discarded, or forgotten for a week, it is gone; a saved one loses its sheets after its 30 days', async () => {
  const day = 86_400_000
  const [waiting, discarded, saved] = [
    await upload(rosa.db, list(1)),
    await upload(rosa.db, list(1)),
    await upload(rosa.db, list(2)),
  ]
  await save(rosa.db, saved)
  expect(await discardImport(rosa.db, discarded, now())).toEqual({ ok: true })
  expect(await discardImport(rosa.db, discarded, now())).toEqual({ ok: true })
  expect(await startSaving(rosa.db, discarded, background)).toEqual({ ok: false, problem: 'gone' })
  const later = new Date(Date.now() + 8 * day)
  await sweepImports(rosa.db, later)
  expect((await listImports(rosa.db, later)).map(({ id }) => id)).toEqual([saved])
  expect(await discardImport(rosa.db, saved, later)).toEqual({ ok: false, problem: 'saved' })
  expect(await findImport(rosa.db, waiting, later)).toMatchObject({ status: 'descartada' })
  const muchLater = new Date(Date.now() + 33 * day)
  await sweepImports(rosa.db, muchLater)
  expect(await undoImport(rosa.db, saved, rosa.staff, muchLater)).toEqual({
    ok: false,
    problem: 'undo-too-late',
  })
})
