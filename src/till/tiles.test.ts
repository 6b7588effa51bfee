import { eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { branches, business, products, productUnavailable } from '#src/db/tenant-schema.ts'
import { counter, openShop, type Shop } from '../../tests/support/till.ts'
import { type CatalogueDocument, catalogueVersion, favouritesOf, fromDocument } from './catalogue.ts'
import { till } from './routes.tsx'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

const change = (id: number, values: Partial<typeof products.$inferInsert>) =>
  shop.db.update(products).set(values).where(eq(products.id, id))
const page = async () => (await counter(shop, [till]).get('/pos')).text()
const tiles = (html: string) =>
  [
    ...(html.split('data-part="tiles"')[1]?.split('<template')[0] ?? '').matchAll(/data-product="(\d+)"/g),
  ].map((m) => Number(m[1]))
const document = async () => {
  const [row] = await shop.db.select({ version: business.catalogueVersion }).from(business)
  const path = `/pos/catalogo/${catalogueVersion(shop.tenant.uid, row?.version ?? 0)}`
  return (await (await counter(shop, [till]).get(path)).json()) as CatalogueDocument
}

it('shows the first of the menu, and once Rosa has favourites only those, in her order', async () => {
  const { quarter, whole, soda } = shop.products
  expect(tiles(await page())).toEqual([quarter, whole, soda])
  await change(soda, { favouritePosition: 0 })
  await change(quarter, { favouritePosition: 1 })
  expect(tiles(await page())).toEqual([soda, quarter])
  const catalogue = fromDocument(await document(), shop.branchId)
  expect(favouritesOf(catalogue.products).map((product) => product.id)).toEqual([soda, quarter])
  expect(catalogue.products).toHaveLength(3)
})

it('puts short name, emoji and photo on a tile, the full name a press away', async () => {
  await change(shop.products.quarter, { shortName: 'Cuarto', emoji: '🍗' })
  const html = await page()
  expect(html).toContain('title="1/4 pollo"')
  expect(html).toContain('<span class="tile-name">Cuarto</span>')
  expect(html).toContain('🍗')
})

it('says «Agotado» in the branch that has none, and in no other', async () => {
  const [{ insertId: other }] = await shop.db
    .insert(branches)
    .values({ name: 'Surco', createdAt: new Date() })
  await shop.db.insert(productUnavailable).values({ branchId: shop.branchId, productId: shop.products.soda })
  expect(await page()).toContain('Agotado')
  const read = await document()
  const isThere = (branchId: number) =>
    fromDocument(read, branchId).products.find((product) => product.id === shop.products.soda)?.isAvailable
  expect([isThere(shop.branchId), isThere(other)]).toEqual([false, true])
})

it('weighs nothing more for products without any of it', async () => {
  const read = await document()
  expect(read.soldOut).toBeUndefined()
  expect(read.products.every((row) => row.length === 9)).toBe(true)
})
