import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { files, importChanges, products, stockLevels } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Picture } from '#src/files/picture.ts'
import { setPhoto } from '#src/products/photo/actions.ts'
import { charge } from '#src/sales/actions.ts'
import { background, save, upload } from '../../../tests/support/imports.ts'
import { openShop, order, type Shop } from '../../../tests/support/till.ts'
import { setOptions, startSaving, undoImport } from '../actions.ts'
import { keptByUndo } from '../queries.ts'
import { removeReadyProducts } from '../removing/actions.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

const now = () => new Date()
const give = (id: number, codes: { code?: string; barcode?: string }) =>
  shop.db.update(products).set(codes).where(eq(products.id, id))
const codeOf = async (id: number) =>
  (await shop.db.select().from(products).where(eq(products.id, id)))[0]?.code
const said = async (id: number) => (await keptByUndo(shop.db, id)).map(({ text }) => text)

test('codes that moved on, the first of which was taken since: all of them stay where they are', async () => {
  const { whole, soda, quarter } = shop.products
  await give(whole, { code: 'X' })
  await give(soda, { code: 'Y' })
  const id = await upload(shop.db, [
    ['Pollo entero', 58, null, 'Y'],
    ['Inca Kola 1.5 L', 9, null, 'Z'],
  ])
  await setOptions(shop.db, id, { matchBy: 'name' }, now())
  await save(shop.db, id)
  expect([await codeOf(whole), await codeOf(soda)]).toEqual(['Y', 'Z'])
  await give(quarter, { code: 'x' })
  expect(await undoImport(shop.db, id, shop.staff, now())).toEqual({ ok: true, kept: 2 })
  expect([await codeOf(whole), await codeOf(soda), await codeOf(quarter)]).toEqual(['Y', 'Z', 'x'])
  expect(await said(id)).toEqual([
    'Pollo entero: su código de antes ya es de otro producto; lo dejamos con el de ahora.',
    'Inca Kola 1.5 L: su código de antes ya es de otro producto; lo dejamos con el de ahora.',
  ])
})

test('a code that only the database takes for the one of before is taken as well', async () => {
  const { soda, quarter } = shop.products
  await give(soda, { code: 'œ1' })
  const id = await upload(shop.db, [['Inca Kola 1.5 L', 9, null, 'Z']])
  await setOptions(shop.db, id, { matchBy: 'name' }, now())
  await save(shop.db, id)
  await give(quarter, { code: 'OE1' })
  expect(await undoImport(shop.db, id, shop.staff, now())).toEqual({ ok: true, kept: 1 })
  expect([await codeOf(soda), await codeOf(quarter)]).toEqual(['Z', 'OE1'])
})

test('a sale while the file was being saved, before its stock was set, is no later movement', async () => {
  const { soda, whole } = shop.products
  const first = await upload(shop.db, [
    ['Inca Kola 1.5 L', 9, null, null, null, 20],
    ['Pollo entero', 58, null, null, null, 9],
  ])
  await save(shop.db, first)
  const id = await upload(shop.db, [
    ['Inca Kola 1.5 L', 9, null, null, null, 30],
    ['Pollo entero', 59, null, null, null, 8],
  ])
  for (const productId of [soda, whole]) {
    const lines = [
      { productId, quantityThousandths: 1000, unitPriceCentimos: productId === soda ? 900 : 5800 },
    ]
    const sold = await charge(shop.db, shop.tenant, shop.beto, order(shop, { lines }), now())
    expect(sold).toMatchObject({ ok: true })
  }
  // As if the saving had begun before these sales: its hour is an earlier one.
  const started = await startSaving(shop.db, id, {
    ...background,
    clock: () => new Date(Date.now() - 20_000),
  })
  if (started.ok) await started.finished
  expect(await undoImport(shop.db, id, shop.staff, now())).toEqual({ ok: true, kept: 0 })
  const levels = await shop.db.select().from(stockLevels)
  const levelOf = (id: number) => levels.find(({ productId }) => productId === id)?.quantityThousandths
  expect([levelOf(soda), levelOf(whole)]).toEqual([19_000, 8_000])
})

test('the photo of a new product leaves with it, but not while another product shows it', async () => {
  const id = await upload(shop.db, [
    ['Pan', 1],
    ['Queso', 5],
  ])
  await save(shop.db, id)
  const named = async (name: string) =>
    (await shop.db.select().from(products).where(eq(products.name, name)))[0]!
  const picture = (byte: number): Picture => ({ type: 'image/webp', bytes: Uint8Array.of(byte) })
  await setPhoto(shop.db, await named('Pan'), picture(1), now())
  await setPhoto(shop.db, await named('Queso'), picture(2), now())
  await setPhoto(shop.db, await named('Pollo entero'), picture(2), now())
  expect(await shop.db.$count(files)).toBe(2)
  expect(await undoImport(shop.db, id, shop.staff, now())).toEqual({ ok: true, kept: 0 })
  expect((await shop.db.select({ id: files.id }).from(files)).map(({ id }) => id)).toEqual([
    (await named('Pollo entero')).photoId,
  ])
})

test('more ready products than one statement can name leave all the same', { timeout: 120_000 }, async () => {
  const howMany = 66_000
  await shop.db.execute(
    sql.raw(
      `insert into products (name, price_centimos, position, from_menu, active, created_at, updated_at)
       select concat('Plato ', seq), 100, seq, 1, 0, now(), now() from seq_1_to_${howMany}`,
    ),
  )
  const ids = await shop.db.select({ id: products.id }).from(products).where(eq(products.fromMenu, true))
  await inTransaction(shop.db, async (tx) => {
    await removeReadyProducts(
      tx,
      1,
      ids.map(({ id }) => id),
    )
    return { ok: true }
  })
  expect(await shop.db.$count(products, eq(products.fromMenu, true))).toBe(0)
  expect(await shop.db.$count(importChanges)).toBe(howMany)
})
