import { asc } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { TenantDb } from '#src/db/tenant.ts'
import { categories, products } from '#src/db/tenant-schema.ts'
import { testTenant } from '../../tests/support/database.ts'
import { useMenu } from './actions.ts'
import { menuFor } from './menu.ts'

const now = new Date('2026-11-23T17:00:00.000Z')
const menu = menuFor('polleria')!
const all = menu.items.map(({ key, priceCentimos }) => ({ key, priceCentimos }))

let db: TenantDb
beforeEach(async () => {
  db = (await testTenant()).db
})
const rail = async () =>
  (await db.select().from(categories).orderBy(asc(categories.position))).map(({ name }) => name)

test("the rail stands in the menu's order, and using it again adds nothing", async () => {
  expect(await useMenu(db, menu, all, now)).toEqual({ ok: true, added: 23, priced: 0 })
  expect(await rail()).toEqual(menu.categories)
  expect(await useMenu(db, menu, all, now)).toEqual({ ok: true, added: 0, priced: 0 })
  expect(await rail()).toEqual(menu.categories)
})

test.each(['BEBÍDAS', 'bebidas\u200b', 'Be\u2060bidas', 'Bebidas '])(
  'what the database takes for the same category (%j) is that category',
  async (name) => {
    const [own] = await db.insert(categories).values({ name, position: 0 }).$returningId()
    expect(await useMenu(db, menu, all, now)).toMatchObject({ ok: true, added: 23 })
    expect(await rail()).toHaveLength(menu.categories.length)
    const drinks = (await db.select().from(products)).filter(({ categoryId }) => categoryId === own?.id)
    expect(drinks.map((drink) => drink.name)).toContain('Chicha 1 L')
  },
)
