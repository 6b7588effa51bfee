import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { prints as printRows } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { recordPrint } from '#src/prints/actions.ts'
import { printsOf } from '#src/prints/queries.ts'
import { prints } from '#src/prints/routes.tsx'
import { charge } from '#src/sales/actions.ts'
import { testDatabases } from '../../tests/support/database.ts'
import { gate, untilWaiting } from '../../tests/support/locks.ts'
import { counter, monday, openShop, order, type Shop } from '../../tests/support/till.ts'

let shop: Shop
let beto: ReturnType<typeof counter>

beforeAll(async () => {
  shop = await openShop()
  beto = counter(shop, [prints])
})

async function sold(): Promise<number> {
  const charged = await charge(shop.db, shop.tenant, shop.beto, order(shop), monday)
  if (!charged.ok) throw new Error(charged.problem)
  return charged.id
}
const print = (saleId: number, requestKey: string) =>
  recordPrint(shop.db, shop.beto, saleId, requestKey, monday)
const path = (saleId: number) => `/ventas/${saleId}/impresiones`

describe('many tills print one sale at once', () => {
  test('and only one of them has the original', async () => {
    const sale = await sold()
    const counts = await Promise.all(
      Array.from({ length: 24 }, async () => {
        const printed = await print(sale, randomUUID())
        return printed.ok ? printed.prints : printed.problem
      }),
    )
    expect(counts.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 24 }, (_, index) => index + 1),
    )
  })

  test('also when the other has noted its print a moment before, and has not finished', async () => {
    const earlier = await sold()
    await print(earlier, randomUUID()) // the business's first print locks more than any later one
    const sale = await sold()
    const [isNoted, isFollowed] = [gate(), gate()]
    const other = inTransaction(shop.db, async (tx) => {
      const row = { saleId: sale, requestKey: randomUUID(), staffId: shop.staff.id, printedAt: monday }
      await tx.insert(printRows).values(row)
      isNoted.open()
      await isFollowed.opened
      return { ok: true }
    })
    await isNoted.opened
    const mine = print(sale, randomUUID())
    await Promise.race([mine, untilWaiting(await testDatabases(), `%sales%${sale} for update%`)])
    isFollowed.open()
    await other
    expect(await mine).toEqual({ ok: true, prints: 2 })
  })

  test('by one press that was sent again and again: one print', async () => {
    const [sale, key] = [await sold(), randomUUID()]
    const all = await Promise.all(Array.from({ length: 12 }, () => print(sale, key)))
    expect(new Set(all.map((printed) => JSON.stringify(printed)))).toEqual(
      new Set(['{"ok":true,"prints":1}']),
    )
  })
})

describe('the key of one print', () => {
  test('does not print another sale: it would be an original for ever', async () => {
    const [one, other, requestKey] = [await sold(), await sold(), randomUUID()]
    expect((await beto.json(path(one), { requestKey })).status).toBe(200)
    const before = await shop.db.select().from(printRows)
    const refused = await beto.json(path(other), { requestKey })
    expect(refused.status).toBe(409)
    expect(await refused.json()).toEqual({
      ok: false,
      problem: 'request-key-reused',
      text: 'Esta impresión ya se anotó en otro ticket. Recarga la página.',
    })
    expect((await beto.form(path(other), { requestKey })).status).toBe(409)
    expect(await printsOf(shop.db, other)).toBe(0)
    expect(await shop.db.select().from(printRows)).toEqual(before)
  })

  test('at two sales at the same instant prints one of them', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other, key] = [await sold(), await sold(), randomUUID()]
      const both = await Promise.all([print(one, key), print(other, key)])
      expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    }
  })
})
