import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import {
  categories,
  importChanges,
  productComponents,
  products,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { useMenu } from '#src/menus/actions.ts'
import { menuFor } from '#src/menus/menu.ts'
import { changeProduct } from '#src/products/actions.ts'
import { charge } from '#src/sales/actions.ts'
import { save, shelves, upload } from '../../../tests/support/imports.ts'
import { openShop, order, type Shop } from '../../../tests/support/till.ts'
import { setOptions, undoImport } from '../actions.ts'
import { findImport, keptByUndo } from '../queries.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

const now = () => new Date()
const named = async (name: string) =>
  (await shop.db.select().from(products).where(eq(products.name, name)))[0]
const levelOf = async (id: number) =>
  (await shop.db.select().from(stockLevels).where(eq(stockLevels.productId, id)))[0]?.quantityThousandths
const sell = async (productId: number, quantityThousandths: number, unitPriceCentimos: number) => {
  const lines = [{ productId, quantityThousandths, unitPriceCentimos }]
  const sold = await charge(shop.db, shop.tenant, shop.beto, order(shop, { lines }), now())
  expect(sold).toMatchObject({ ok: true })
}
const said = async (id: number) => (await keptByUndo(shop.db, id)).map(({ text }) => text)

const list = [
  ['1/4 pollo', 16, 'Pollos', null, null, null],
  ['Inca Kola 1.5 L', 9.5, 'Bebidas', null, null, 12],
  ['Arroz', 4.5, 'Abarrotes', 'ARR', null, 30],
  ['Papas', 8, 'Abarrotes', null, null, 7],
]

test('what was sold or changed since is left alone, and each row says so', async () => {
  const id = await upload(shop.db, list)
  await save(shop.db, id)
  const { soda, quarter } = shop.products
  const rice = (await named('Arroz'))!
  await sell(soda, 2000, 950)
  await sell(rice.id, 1000, 450)
  const changed = { name: '1/4 pollo', priceCentimos: 1700, category: 'Pollos', code: null, barcode: null }
  expect(await changeProduct(shop.db, quarter, changed, now())).toMatchObject({ ok: true })

  expect(await undoImport(shop.db, id, shop.staff, now())).toEqual({ ok: true, kept: 3 })
  expect(await said(id)).toEqual([
    '1/4 pollo: cambiaste el precio después; lo dejamos en S/\u00a017.00.',
    'Inca Kola 1.5 L: su stock se movió después; lo dejamos en 10.',
    'Arroz: ya se vendió; lo ocultamos y no lo borramos.',
  ])
  expect((await named('Inca Kola 1.5 L'))!).toMatchObject({ priceCentimos: 900, tracksStock: true })
  expect(await levelOf(soda)).toBe(10_000)
  expect((await named('1/4 pollo'))!.priceCentimos).toBe(1700)
  expect(await named('Arroz')).toMatchObject({ active: false })
  expect(await levelOf(rice.id)).toBe(29_000)
  expect(await named('Papas')).toBeUndefined()
  expect((await shop.db.select().from(categories)).map(({ name }) => name)).toContain('Abarrotes')

  const again = await upload(shop.db, list)
  expect((await save(shop.db, again)).status).toBe('guardada')
  expect(await named('Arroz')).toMatchObject({ active: true })
})

test('a sale while the file is being looked at: stock becomes what the file says, the movement what was missing', async () => {
  const { soda } = shop.products
  await save(shop.db, await upload(shop.db, [['Inca Kola 1.5 L', 9, null, null, null, 5]]))
  const sets = await upload(shop.db, [['Inca Kola 1.5 L', 9, null, null, null, 20]])
  await sell(soda, 2000, 900)
  await save(shop.db, sets)
  expect(await levelOf(soda)).toBe(20_000)
  const adds = await upload(shop.db, [['Inca Kola 1.5 L', 9, null, null, null, 6]])
  await setOptions(shop.db, adds, { stockMode: 'add' }, now())
  await sell(soda, 1000, 900)
  await save(shop.db, adds)
  expect(await levelOf(soda)).toBe(25_000)
  const movements = await shop.db.select().from(stockMovements).where(eq(stockMovements.productId, soda))
  expect(movements.map(({ quantityThousandths }) => quantityThousandths)).toEqual([
    5000, -2000, 17_000, -1000, 6000,
  ])
  const sum = movements.reduce((total, { quantityThousandths }) => total + quantityThousandths, 0)
  expect(sum).toBe(await levelOf(soda))

  expect(await undoImport(shop.db, adds, shop.staff, now())).toEqual({ ok: true, kept: 0 })
  expect(await levelOf(soda)).toBe(19_000)
  expect(await undoImport(shop.db, sets, shop.staff, now())).toEqual({ ok: true, kept: 1 })
  expect(await levelOf(soda)).toBe(19_000)
})

test('the ready menu leaves with the first list, if the owner agrees, and comes back with the undo', async () => {
  const menu = menuFor('polleria')!
  const chosen = menu.items.map(({ key, priceCentimos }) => ({ key, priceCentimos }))
  await useMenu(shop.db, menu, chosen, now())
  const mostro = (await named('Mostro'))!
  await sell(mostro.id, 1000, mostro.priceCentimos)
  const touched = { name: 'Papas', priceCentimos: 900, category: null, code: null, barcode: null }
  await changeProduct(shop.db, (await named('Papas'))!.id, touched, now())
  const before = await shelves(shop.db)
  const parts = await shop.db.$count(productComponents)

  const id = await upload(shop.db, [
    ['Agua', 2.5],
    ['Galletas', 1],
  ])
  await setOptions(shop.db, id, { removesMenu: true }, now())
  await save(shop.db, id)
  const names = (await shop.db.select().from(products)).map(({ name }) => name)
  expect(names.toSorted()).toEqual(
    [
      '1/4 pollo',
      'Agua',
      'Galletas',
      'Inca Kola 1.5 L',
      'Mostro',
      'Papas',
      'Pollo',
      'Pollo entero',
    ].toSorted(),
  )
  expect((await named('Agua'))!.fromMenu).toBe(false)

  expect(await undoImport(shop.db, id, shop.staff, now())).toEqual({ ok: true, kept: 0 })
  expect(await shelves(shop.db)).toEqual(before)
  expect(await shop.db.$count(productComponents)).toBe(parts)
})

test('a menu that nobody sold leaves whole, with its chicken', async () => {
  const menu = menuFor('polleria')!
  await useMenu(
    shop.db,
    menu,
    menu.items.map(({ key, priceCentimos }) => ({ key, priceCentimos })),
    now(),
  )
  const before = await shelves(shop.db)
  const id = await upload(shop.db, [['Galletas', 1]])
  await setOptions(shop.db, id, { removesMenu: true }, now())
  await save(shop.db, id)
  expect(await shop.db.$count(products)).toBe(4)
  expect(await shop.db.$count(productComponents)).toBe(0)
  await undoImport(shop.db, id, shop.staff, now())
  expect(await shelves(shop.db)).toEqual(before)
})

test('what became part of a combo since is hidden; codes that were taken meanwhile stay where they are', async () => {
  const first = await upload(shop.db, [
    ['Pan', 1, null, 'P1'],
    ['Queso', 5, null, 'Q1'],
  ])
  await save(shop.db, first)
  const bread = (await named('Pan'))!
  await shop.db
    .insert(productComponents)
    .values({ productId: shop.products.whole, componentId: bread.id, quantityThousandths: 1000 })
  expect(await undoImport(shop.db, first, shop.staff, now())).toEqual({ ok: true, kept: 1 })
  expect(await said(first)).toEqual(['Pan: otro producto lo usa; lo ocultamos y no lo borramos.'])
  expect(await named('Queso')).toBeUndefined()

  await shop.db.update(products).set({ code: 'S1' }).where(eq(products.id, shop.products.soda))
  const second = await upload(shop.db, [['Inca Kola 1.5 L', 9, null, 'S2']])
  await setOptions(shop.db, second, { matchBy: 'name' }, now())
  await save(shop.db, second)
  await shop.db.update(products).set({ code: 's1' }).where(eq(products.id, shop.products.whole))
  expect(await undoImport(shop.db, second, shop.staff, now())).toEqual({ ok: true, kept: 1 })
  expect((await named('Inca Kola 1.5 L'))!.code).toBe('S2')
})

test('two imports undone in either order leave what there was', async () => {
  const before = await shelves(shop.db)
  const one = await upload(shop.db, [['Inca Kola 1.5 L', 8, null, null, null, 3]])
  await save(shop.db, one)
  const two = await upload(shop.db, [['Inca Kola 1.5 L', 7, null, null, null, 4]])
  await save(shop.db, two)
  await undoImport(shop.db, two, shop.staff, now())
  expect(await undoImport(shop.db, one, shop.staff, now())).toEqual({ ok: true, kept: 0 })
  expect(await shelves(shop.db)).toEqual(before)
  expect(await shop.db.$count(importChanges)).toBe(2)
  expect(await findImport(shop.db, one, now())).toMatchObject({ status: 'deshecha', canUndo: false })
})
