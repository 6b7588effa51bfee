import { setTimeout as pause } from 'node:timers/promises'
import { eq, inArray } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TenantTx } from '#src/db/tenant.ts'
import { modifierGroups, products, saleLines, series, stockLevels } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { charge } from '#src/sales/actions.ts'
import { testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { monday, openShop, order, type Shop } from '../../tests/support/till.ts'
import { deleteMany } from './bulk/actions.ts'
import { lockCatalogue } from './queries.ts'
import { readSearch } from './search.ts'

let app: ReturnType<typeof testApp>
let shop: Shop
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeAll(async () => {
  app = testApp(testServices(await testDatabases()))
})
beforeEach(async () => {
  shop = await openShop()
  ask = await app.as(shop)
})

const sell = () => charge(shop.db, shop.tenant, shop.beto, order(shop), monday)
const erase = (ids = [shop.products.quarter]) => {
  const target = { de: 'marcados' as const, lista: readSearch({}), 'ids[]': ids }
  return deleteMany(shop.db, shop.staff, target, monday)
}
const left = () => shop.db.select().from(products).where(eq(products.id, shop.products.quarter))

/** Long enough for whoever was started to stand before the lock. */
const whileOthersWait = () => pause(400)

describe('Beto charges what Rosa deletes at that instant', () => {
  test('the sale that comes later finds it gone, and takes no number', async () => {
    const { quarter } = shop.products
    const { sale } = await inTransaction(shop.db, async (tx) => {
      await tx.delete(products).where(eq(products.id, quarter))
      const sale = sell()
      await whileOthersWait()
      return { ok: true as const, sale: { answer: sale } }
    })
    expect(await sale.answer).toMatchObject({ ok: false, problem: 'unknown-product' })
    expect((await shop.db.select().from(series))[0]?.nextNumber).toBe(1)
  })

  test('the deletion that comes later hides what was just sold, and says so', async () => {
    const { quarter } = shop.products
    const { deletion } = await inTransaction(shop.db, async (tx) => {
      await soldIn(tx, quarter)
      const deletion = erase()
      await whileOthersWait()
      return { ok: true as const, deletion: { answer: deletion } }
    })
    const { changeId } = await deletion.answer
    expect(await left()).toMatchObject([{ active: false }])
    const page = await (await ask(`/productos?hecho=${changeId}`)).text()
    expect(page).toContain('No se borró ninguno. 1 ya se vendió o es parte de otro: quedó oculto.')
  })

  test('what anything else still points to is kept whole, hidden and said', async () => {
    const { quarter, soda } = shop.products
    const { nombreDb } = shop.tenant
    const { provision } = await testDatabases()
    await provision(async (root) => {
      await root.query(
        `create table ${nombreDb}.offers (id int primary key, product_id int unsigned not null,
          foreign key (product_id) references ${nombreDb}.products (id))`,
      )
      await root.query(`insert into ${nombreDb}.offers values (1, ?)`, [quarter])
    })
    await shop.db.insert(stockLevels).values([
      { branchId: shop.branchId, productId: quarter, quantityThousandths: 1000 },
      { branchId: shop.branchId, productId: soda, quantityThousandths: 1000 },
    ])
    const { changeId } = await erase([quarter, soda])
    expect(await left()).toMatchObject([{ active: false }])
    expect((await shop.db.select().from(stockLevels)).map((row) => row.productId)).toEqual([quarter])
    const page = await (await ask(`/productos?hecho=${changeId}`)).text()
    expect(page).toContain('Borraste 1 producto. 1 ya se vendió o es parte de otro: quedó oculto.')
  })

  test('whoever is first, there is a whole sale or none, and never an error', async () => {
    for (let round = 0; round < 6; round++) {
      const [charged] = await Promise.all([sell(), pause(round * 3).then(() => erase())])
      const lines = await shop.db.select().from(saleLines)
      const [product] = await left()
      expect(lines).toHaveLength(charged.ok ? 1 : 0)
      if (charged.ok) expect(product).toMatchObject({ active: false })
      else expect(product).toBeUndefined()
      shop = await openShop()
    }
  })
})

/** A sale's line, as `charge` writes it; what it hangs on is taken from a sale of something else. */
async function soldIn(tx: TenantTx, productId: number) {
  const soda = { productId: shop.products.soda, quantityThousandths: 1000, unitPriceCentimos: 900 }
  const made = await charge(shop.db, shop.tenant, shop.beto, order(shop, { lines: [soda] }), monday)
  if (!made.ok) throw new Error(made.problem)
  const [line] = await tx.select().from(saleLines).where(eq(saleLines.saleId, made.id))
  if (!line) throw new Error('a sale without its line')
  const { id: _id, ...rest } = line
  await tx.insert(saleLines).values({ ...rest, productId, position: 2 })
}

describe('a form of what somebody else has just', () => {
  /** Sends forms that were loaded before, and does the work before they are written. */
  async function sentBefore(work: (tx: TenantTx) => Promise<unknown>, forms: [string, [string, string][]][]) {
    const { sent } = await inTransaction(shop.db, async (tx) => {
      await lockCatalogue(tx)
      const sent = forms.map(([path, fields]) => ask(path, { body: new URLSearchParams(fields) }))
      await whileOthersWait()
      await work(tx)
      return { ok: true as const, sent }
    })
    return Promise.all(sent)
  }

  test('deleted is not found', async () => {
    const { quarter, soda } = shop.products
    const [{ insertId: presa }] = await shop.db
      .insert(modifierGroups)
      .values({ name: 'Presa', min: 1, max: 1, position: 0 })
    const [{ insertId: cremas }] = await shop.db
      .insert(modifierGroups)
      .values({ name: 'Cremas', min: 0, max: 1, position: 1 })
    const answers = await sentBefore(
      async (tx) => {
        await tx.delete(products).where(inArray(products.id, [quarter]))
        await tx.delete(modifierGroups).where(eq(modifierGroups.id, cremas))
      },
      [
        [
          `/productos/${quarter}/componentes`,
          [
            ['componentId', String(soda)],
            ['quantity', '1'],
          ],
        ],
        [`/productos/${quarter}/disponibilidad`, [['en', 'ninguno']]],
        [`/productos/${quarter}/opciones`, [['groups[]', String(presa)]]],
        [`/productos/${quarter}/precio`, [['price', '16']]],
        [`/productos/opciones/${cremas}/nuevas`, [['name', 'Ají']]],
      ],
    )
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404])
  })

  test('repriced is written over what it costs by then, and says that', async () => {
    const { quarter } = shop.products
    const [answer] = await sentBefore(
      (tx) => tx.update(products).set({ priceCentimos: 2000 }).where(eq(products.id, quarter)),
      [[`/productos/${quarter}/precio`, [['price', '16']]]],
    )
    const page = await (await ask(answer?.headers.get('Location') ?? '')).text()
    expect(page).toContain('ahora cuesta S/\u00a016.00 (antes S/\u00a020.00)')
    expect(await left()).toMatchObject([{ priceCentimos: 1600 }])
  })
})
