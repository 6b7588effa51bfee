import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { business, cashSessions, productComponents, products, staff } from '#src/db/tenant-schema.ts'
import { home } from '#src/home/routes.tsx'
import { practice } from '#src/practice/routes.tsx'
import { prints } from '#src/prints/routes.tsx'
import { sales } from '#src/sales/routes.tsx'
import { counter, monday, openShop, order, type Shop } from '../../tests/support/till.ts'

let shop: Shop
let rosa: ReturnType<typeof counter>

beforeEach(async () => {
  shop = await openShop()
  rosa = counter(shop, [home, sales, practice, prints])
})

const inicio = async (now = monday) =>
  (await (await counter(shop, [home], now).get('/')).text()).replaceAll('\u00a0', ' ')
const ticks = (page: string) => page.match(/\(listo\)/g)?.length ?? 0

describe('until the wizard is passed', () => {
  test.each([
    [0, '/configurar/datos-fiscales'],
    [1, '/configurar/sucursal'],
    [2, '/configurar/caja'],
  ])('with %i steps saved, inicio leads to %s', async (step, path) => {
    const answer = await counter(shop, [home], monday, step).get('/')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe(path)
  })

  test('with 3 steps the till works, although the products can wait', async () => {
    expect((await counter(shop, [home], monday, 3).get('/')).status).toBe(200)
  })
})

describe('the first-sale checklist', () => {
  test('greets, leads to the practice till, and shows no figures', async () => {
    const page = await inicio()
    expect(page).toContain('¡Ya está todo configurado con tus datos!')
    expect(page).toMatch(/href="\/pos\?modo=practica".*Haz tu primera venta/s)
    expect(page).not.toContain('today-total')
  })

  test("shows the owner's own data, each with the page that corrects it", async () => {
    const page = await inicio()
    expect(page).toMatch(/Negocio.*Pollería Rosita/s)
    expect(page).toMatch(/RUC.*Sin RUC: nota de venta interna.*href="\/configurar\/datos-fiscales"/s)
    expect(page).toMatch(/Local.*href="\/configurar\/sucursal"/s)
    expect(page).toMatch(/Caja.*Caja 1, serie NV01.*href="\/configurar\/caja"/s)
    expect(page).toMatch(/Productos.*3 productos.*href="\/productos"/s)
    await rosa.json('/pos/ventas', order(shop))
    expect(await inicio()).not.toContain('Sin RUC')
  })

  test('ticks itself as things are done, and folds into «Abrir caja»', async () => {
    await shop.db.update(staff).set({ active: false }).where(eq(staff.id, shop.beto.id))
    await shop.db.delete(cashSessions)
    await shop.db.update(products).set({ active: false })
    expect(ticks(await inicio())).toBe(0)
    await shop.db.update(products).set({ active: true })
    expect(ticks(await inicio())).toBe(1)
    const { sale } = await (await rosa.json('/pos/practica', order(shop))).json()
    expect(ticks(await inicio())).toBe(2)
    await rosa.json(sale.printPath, { requestKey: crypto.randomUUID() })
    expect(ticks(await inicio())).toBe(3)
    await shop.db.update(staff).set({ active: true })
    const page = await inicio()
    expect(page).toMatch(/Todo listo para vender de verdad.*Abrir caja/s)
    expect(page).not.toContain('Agrega un producto')
  })

  test('has one ember button, whatever is done', async () => {
    const embers = async () => (await inicio()).match(/button-primary/g)?.length
    expect(await embers()).toBe(1)
    await rosa.json('/pos/ventas', order(shop))
    expect(await embers()).toBe(1)
    await shop.db.update(business).set({ firstPrintAt: monday })
    expect(await embers()).toBe(1)
  })
})

test('after the first sale inicio says how the day goes, in eighths where chickens are counted', async () => {
  const [pollo] = await shop.db.insert(products).values({
    name: 'Pollo',
    priceCentimos: 0,
    stepThousandths: 125,
    tracksStock: true,
    forSale: false,
    createdAt: monday,
    updatedAt: monday,
  })
  await shop.db
    .insert(productComponents)
    .values({ productId: shop.products.quarter, componentId: pollo.insertId, quantityThousandths: 250 })
  const three = [{ productId: shop.products.quarter, quantityThousandths: 3000, unitPriceCentimos: 1500 }]
  await rosa.json('/pos/ventas', order(shop, { lines: three, payments: [{ method: 'yape' }] }))
  const page = await inicio()
  expect(page).toMatch(/Hoy.*S\/ 45\.00.*1 venta.*Yape.*S\/ 45\.00/s)
  expect(page).toMatch(/Pollo: <strong>3\/4<\/strong>/)
  expect(page).toMatch(/Lo más vendido hoy.*3 × 1\/4 pollo.*S\/ 45\.00/s)
  expect(page).toContain('NV01-000001')
})

test('tomorrow begins at zero', async () => {
  await rosa.json('/pos/ventas', order(shop))
  const page = await inicio(new Date('2026-11-24T05:00:00Z'))
  expect(page).toMatch(/S\/ 0\.00.*Todavía no hay ventas hoy\./s)
})
