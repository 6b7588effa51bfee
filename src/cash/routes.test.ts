import { randomUUID } from 'node:crypto'
import { count } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openSession } from '#src/cash/queries.ts'
import { cash } from '#src/cash/routes.tsx'
import { cashSessions, registers } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { sales } from '#src/sales/routes.tsx'
import { businessMark } from '#src/till/catalogue.ts'
import { testDatabases } from '../../tests/support/database.ts'
import { gate, untilWaiting } from '../../tests/support/locks.ts'
import { counter, monday, openShop, order, type Shop } from '../../tests/support/till.ts'

let shop: Shop
let beto: ReturnType<typeof counter>

beforeEach(async () => {
  shop = await openShop()
  await shop.db.delete(cashSessions)
  beto = counter(shop, [cash, sales])
})

const opening = (change: Record<string, string> = {}) => ({
  request_key: randomUUID(),
  register_id: String(shop.registerId),
  float: '50',
  ...change,
})
const open = (change: Record<string, string> = {}) => beto.form('/caja/aperturas', opening(change))
const secondCaja = async () => {
  const [caja] = await shop.db
    .insert(registers)
    .values({ branchId: shop.branchId, name: 'Caja 2', createdAt: monday })
  return caja
}
const turnos = async () => (await shop.db.select({ n: count() }).from(cashSessions))[0]?.n

describe('Beto opens the caja', () => {
  test('with what he typed, and goes on to the till', async () => {
    const answer = await open({ float: 'S/ 50.50' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/pos')
    expect(await openSession(shop.db, shop.registerId)).toMatchObject({
      floatCentimos: 5050,
      openedBy: 'Beto',
      openedAt: monday,
    })
  })

  test("but not with the form of another business's drawer", async () => {
    const answer = await open({ business: 'cafe0123' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Aquí entró otro negocio.')
    expect(await turnos()).toBe(0)
    expect((await open({ business: businessMark(shop.tenant.uid) })).status).toBe(303)
  })

  test('with nothing in the drawer', async () => {
    expect((await open({ float: '0.00' })).status).toBe(303)
  })

  test('with a double click, or sixteen: one turno', async () => {
    const form = opening()
    const answers = await Promise.all(Array.from({ length: 16 }, () => beto.form('/caja/aperturas', form)))
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([303]))
    expect(await turnos()).toBe(1)
  })

  test('when Rosa opened it a moment before on another equipo: he is told, and there is one turno', async () => {
    await open()
    const answer = await open({ float: '80' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Esta caja ya está abierta: la abrió Beto el lun 23 nov, 8:15')
    expect(await turnos()).toBe(1)
  })

  test('with the same form and another float: it is not the same', async () => {
    const form = opening()
    await beto.form('/caja/aperturas', form)
    expect((await beto.form('/caja/aperturas', { ...form, float: '90' })).status).toBe(422)
    expect(await turnos()).toBe(1)
  })

  test('with one form at two cajas at the same instant: one opens, and nothing fails', async () => {
    const { insertId: other } = await secondCaja()
    const { request_key } = opening()
    const [isWritten, isLookedAt] = [gate(), gate()]
    // The first has written its turno and has not committed when the second looks for the key.
    const first = inTransaction(shop.db, async (tx) => {
      await tx.insert(cashSessions).values({
        registerId: shop.registerId,
        requestKey: request_key ?? '',
        openedBy: shop.beto.id,
        openedAt: monday,
        floatCentimos: 5000,
      })
      isWritten.open()
      await isLookedAt.opened
      return { ok: true }
    })
    await isWritten.opened
    const second = beto.form('/caja/aperturas', {
      ...opening(),
      request_key: request_key ?? '',
      register_id: String(other),
    })
    await untilWaiting(await testDatabases(), `%cash_sessions%${request_key}%`)
    isLookedAt.open()
    await first
    const answer = await second
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Este formulario ya se usó. Recarga la página.')
    expect(await turnos()).toBe(1)
  })

  test.each([
    ['', 'Escribe un monto, por ejemplo 50.00.'],
    ['1e3', 'Escribe un monto, por ejemplo 50.00.'],
    ['mucho', 'Escribe un monto, por ejemplo 50.00.'],
    ['-1', 'El sencillo no puede ser negativo.'],
    ['12.505', 'Usa hasta dos decimales.'],
    ['100,000.00', 'El sencillo llega hasta'],
  ])('a sencillo of %j comes back as typed, with the sentence for it', async (float, sentence) => {
    const answer = await open({ float })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).toContain(`value="${float}"`)
    expect(page).toContain('aria-invalid="true"')
    expect(await turnos()).toBe(0)
  })

  test.each([
    { register_id: '4000000' },
    { register_id: 'uno' },
    { register_id: '' },
    { request_key: 'clic' },
  ])('a form with %o opens nothing', async (change) => {
    expect((await open(change)).status).toBe(422)
    expect(await turnos()).toBe(0)
  })
})

describe('GET /caja', () => {
  test('closed asks with how much sencillo one begins', async () => {
    const page = await (await beto.get('/caja')).text()
    expect(page).toContain('¿Con cuánto sencillo empiezas?')
    expect(page).toContain('Abrir caja')
  })

  test('open says since when, by whom, with what, and what was sold by each method', async () => {
    await open()
    await beto.json('/pos/ventas', order(shop))
    await beto.json('/pos/ventas', order(shop, { payments: [{ method: 'yape' }] }))
    const page = (await (await beto.get('/caja')).text()).replaceAll('\u00a0', ' ')
    expect(page).toMatch(/Abierta por Beto el lun 23 nov, 8:15/)
    expect(page).toMatch(/S\/ 50\.00.*2 ventas.*Efectivo.*S\/ 30\.00.*Yape.*S\/ 30\.00/s)
  })
})
