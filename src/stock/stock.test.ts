import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { branches, business, products, staff, stockLevels, stockMovements } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import type { StockDocument } from './stock.ts'
import { blockedText, warningText } from './texts.ts'

let app: ReturnType<typeof testApp>
let rosa: ReadyTenant
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>
let path: string

beforeAll(async () => {
  app = testApp(testServices(await testDatabases()))
})
beforeEach(async () => {
  rosa = await readyTenant()
  ask = await app.as(rosa)
  path = `/productos/${rosa.products.soda}/existencias`
})

const level = async () => (await rosa.db.select().from(stockLevels)).map((row) => row.quantityThousandths)
const track = () => ask(`${path}/control`, { form: { on: 'on' } })
const move = (reason: string, quantity: string, more: Record<string, string> = {}) =>
  ask(path, { form: { reason, quantity, branchId: String(rosa.branchId), ...more } })

test('what comes, is lost, corrected and counted is written with who and why', async () => {
  await track()
  await move('ingreso', '24', { note: 'Distribuidora' })
  await move('merma', '2', { seen: '1' })
  await move('ajuste', '-1', { seen: '2' })
  expect(await level()).toEqual([21_000])
  await move('conteo', '20', { seen: '3' })
  expect(await level()).toEqual([20_000])
  const rows = await rosa.db.select().from(stockMovements)
  expect(rows.map((row) => [row.reason, row.quantityThousandths])).toEqual([
    ['ingreso', 24_000],
    ['merma', -2000],
    ['ajuste', -1000],
    ['conteo', -1000],
  ])
  const page = await (await ask(path)).text()
  expect(page).toContain('Ingreso: Distribuidora')
  expect(page).toContain('Rosa')
  expect(page).toContain('+24')
})

test('pressing twice brings the goods once', async () => {
  await track()
  await Promise.all([move('ingreso', '12', { seen: '0' }), move('ingreso', '12', { seen: '0' })])
  expect(await level()).toEqual([12_000])
})

test.each([
  ['ingreso', '', 'Escribe una cantidad'],
  ['ingreso', '-3', 'Escribe una cantidad'],
  ['merma', '0.5', 'Se cuenta por unidades enteras.'],
  ['robo', '1', 'Elige un motivo.'],
])('%s of %j is refused, with what was typed', async (reason, quantity, sentence) => {
  await track()
  const refused = await move(reason, quantity)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain(sentence)
  expect(page).toContain(`value="${quantity}"`)
  expect(await level()).toEqual([])
})

test('a product without stock of its own, and a local of nobody, are refused', async () => {
  expect(await (await move('ingreso', '1')).text()).toContain('No lleva stock')
  await track()
  await rosa.db.insert(branches).values({ name: 'Miraflores', createdAt: new Date() })
  expect(await (await move('ingreso', '1', { branchId: '99999' })).text()).toContain('Ese local no existe')
})

test('eighths of a chicken are counted in eighths', async () => {
  await track()
  await rosa.db.update(products).set({ stepThousandths: 125 }).where(eq(products.id, rosa.products.soda))
  expect((await move('ingreso', '12 3/4')).status).toBe(303)
  expect(await (await move('ingreso', '0.3', { seen: '1' })).text()).toContain('Se cuenta por octavos')
  expect(await level()).toEqual([12_750])
  expect(await (await ask(path)).text()).toContain('12 3/4')
})

test('only the owner decides that nothing is sold without stock', async () => {
  await ask(`${path}/bloqueo`, { form: { on: 'on' } })
  expect((await rosa.db.select().from(business))[0]?.blocksWithoutStock).toBe(true)
  await rosa.db.update(staff).set({ role: 'encargado' })
  expect((await ask(`${path}/bloqueo`, { form: { on: '' } })).status).toBe(403)
  await rosa.db.update(staff).set({ role: 'cajera' })
  expect((await ask(path)).status).toBe(403)
  expect((await move('ingreso', '1')).status).toBe(403)
})

describe('what the till is told', () => {
  test('is what is scarce in the branch of the register', async () => {
    await track()
    const told = async () =>
      (await (await ask(`/pos/existencias?caja=${rosa.registerId}`)).json()) as StockDocument
    // Never counted: that none is left would be a guess.
    expect(await told()).toEqual({ blocks: false, levels: [], parts: [] })
    await move('conteo', '1')
    expect((await told()).levels).toEqual([[rosa.products.soda, 1000]])
    await move('ingreso', '500')
    expect((await told()).levels).toEqual([])
    expect((await ask('/pos/existencias?caja=99999')).status).toBe(404)
  })
  test('reads as a person says it', () => {
    const left = { productId: 1, name: 'pollo', thousandths: 750, stepThousandths: 125 }
    expect(warningText(left)).toBe('Según el sistema quedan 3/4 de pollo. Puedes vender igual.')
    expect(warningText({ ...left, thousandths: -125 })).toBe(
      'Según el sistema no queda pollo. Puedes vender igual.',
    )
    expect(blockedText({ ...left, thousandths: 1000 })).toContain('queda 1 de pollo')
  })
})
