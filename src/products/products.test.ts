import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { business, categories, products, staff } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

let rosa: ReadyTenant
let carla: ReadyTenant
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>
let carlaAsks: typeof ask

beforeAll(async () => {
  rosa = await readyTenant()
  carla = await readyTenant('Bodega Carla')
  const app = testApp(testServices(await testDatabases()))
  ask = await app.as(rosa)
  carlaAsks = await app.as(carla)
})

beforeEach(() => rosa.db.update(staff).set({ role: 'dueno' }))

const post = (path: string, form: Record<string, string>) => ask(path, { form })
const named = async (name: string) =>
  (await rosa.db.select().from(products).where(eq(products.name, name)))[0]
const version = async () => (await rosa.db.select().from(business))[0]!.catalogueVersion

test('Rosa adds a product with a new category, and the till is told', async () => {
  const before = await version()
  const added = await post('/productos', {
    name: ' Ají  de gallina ',
    price: 'S/ 22,50',
    newCategory: 'Criolla',
  })
  expect([added.status, added.headers.get('Location')]).toEqual([303, '/productos'])
  const product = await named('Ají de gallina')
  expect(product).toMatchObject({ priceCentimos: 2250, active: true, forSale: true, fromMenu: false })
  const rail = await rosa.db.select().from(categories)
  expect(rail.find((category) => category.id === product?.categoryId)?.name).toBe('Criolla')
  expect(await version()).toBe(before + 1)
  expect(await (await ask('/productos')).text()).toContain('Ají de gallina')
})

test('a double click adds one product', async () => {
  const form = { name: 'Doble', price: '5' }
  const answers = await Promise.all([post('/productos', form), post('/productos', form)])
  expect(answers.map((answer) => answer.status)).toEqual([303, 303])
  expect(await rosa.db.select().from(products).where(eq(products.name, 'Doble'))).toHaveLength(1)
})

describe('prices', () => {
  test.each([
    ['S/ 12.50', 1250],
    ['12,50', 1250],
    ['1,234.50', 123450],
  ])('%s is understood', async (price, centimos) => {
    await post('/productos', { name: `Precio ${price}`, price })
    expect((await named(`Precio ${price}`))?.priceCentimos).toBe(centimos)
  })
  test.each([
    ['1e3', 'Escribe un precio, por ejemplo 12.50.'],
    ['0', 'Escribe un precio mayor que 0.'],
    ['-1', 'El precio no puede ser negativo.'],
    ['12.505', 'Usa hasta dos decimales.'],
    ['', 'Escribe un precio, por ejemplo 12.50.'],
  ])('%j is refused, with what was typed', async (price, sentence) => {
    const refused = await post('/productos', { name: 'Malo', price })
    const page = await refused.text()
    expect(refused.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).toContain(`value="${price}"`)
    expect(await named('Malo')).toBeUndefined()
  })
})

describe('names', () => {
  test('of one letter, with accents, an emoji and markup are kept as typed', async () => {
    for (const name of ['Ñ', 'Té 🍵 piña', '<script>alert(1)</script>', `${'🍗'.repeat(119)}a`]) {
      expect((await post('/productos', { name, price: '1' })).status).toBe(303)
      expect(await named(name)).toBeDefined()
    }
    const page = await (await ask('/productos')).text()
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script>alert')
  })
  test('none and 300 letters are refused', async () => {
    expect(await (await post('/productos', { name: ' ', price: '1' })).text()).toContain('Escribe el nombre')
    const long = await post('/productos', { name: 'a'.repeat(300), price: '1' })
    expect(long.status).toBe(422)
    expect(await long.text()).toContain('Usa hasta 120 letras en el nombre.')
  })
})

test('a code or barcode that another product has is refused by its name', async () => {
  await post('/productos', { name: 'Inca Kola', price: '4', code: 'IK', barcode: '7750182000123' })
  const byBarcode = await post('/productos', { name: 'x', price: '1', barcode: '7750182000123' })
  expect(await byBarcode.text()).toContain('Ese código de barras ya es de «Inca Kola».')
  const byCode = await post(`/productos/${rosa.products.soda}`, { name: 'x', price: '1', code: 'ik' })
  expect(byCode.status).toBe(422)
  expect(await byCode.text()).toContain('Ese código ya es de «Inca Kola».')
})

test('she changes a product, and its own code is no conflict', async () => {
  const path = `/productos/${rosa.products.quarter}`
  const form = { name: '1/4 pollo', price: '16', category: 'Pollos', code: 'Q' }
  expect((await post(path, form)).status).toBe(303)
  expect((await post(path, form)).status).toBe(303)
  expect(await named('1/4 pollo')).toMatchObject({ priceCentimos: 1600, code: 'Q' })
  expect(await (await ask(path)).text()).toContain('value="16.00"')
})

test('hiding is taken back with one press', async () => {
  const path = `/productos/${rosa.products.soda}`
  const hidden = await post(`${path}/oculto`, { lista: 'q=inca' })
  const next = hidden.headers.get('Location')!
  expect(next).toBe(`/productos?q=inca&cambiado=${rosa.products.soda}`)
  const page = await (await ask(next)).text()
  expect(page).toContain('Ocultaste Inca Kola 1.5 L.')
  expect(page).toContain('Deshacer')
  expect((await named('Inca Kola 1.5 L'))?.active).toBe(false)
  await post(`${path}/visible`, {})
  expect((await named('Inca Kola 1.5 L'))?.active).toBe(true)
})

describe('the list', () => {
  test('finds without accents and by barcode, as the part that htmx asks for', async () => {
    await post('/productos', { name: 'Lomó saltado', price: '18', barcode: '999000' })
    const find = async (q: string) =>
      (
        await ask(`/productos?q=${encodeURIComponent(q)}`, { headers: { 'HX-Request-Type': 'partial' } })
      ).text()
    expect(await find('LOMO')).toMatch(/^<div id="product-list"/)
    expect(await find('LOMO')).toContain('Lomó saltado')
    expect(await find('999000')).toContain('Lomó saltado')
    const nothing = await find('mostriyo')
    expect(nothing).toContain('Nada con &quot;mostriyo&quot;.')
    expect(nothing).toContain('/productos/nuevo?nombre=mostriyo')
    expect(await find('100%')).toContain('Nada con')
  })
  test('an address that makes no sense is the first page', async () => {
    const page = await ask('/productos?pagina=-3&categoria=x&cambiado=9e9')
    expect(page.status).toBe(200)
  })
  test('200 products come 50 at a time', async () => {
    const now = new Date()
    await carla.db.insert(products).values(
      Array.from({ length: 197 }, (_, at) => ({
        name: `Producto ${at}`,
        priceCentimos: 100,
        position: 10 + at,
        createdAt: now,
        updatedAt: now,
      })),
    )
    const page = await (await carlaAsks('/productos')).text()
    expect(page).toContain('200 productos')
    expect(page).toContain('Página 1 de 4')
    expect(page.match(/class="product-row"/g)).toHaveLength(50)
  })
  test('without products it says what to do', async () => {
    await carla.db.delete(products)
    const page = await (await carlaAsks('/productos')).text()
    expect(page).toContain('Aún no tienes productos.')
    expect(page).toContain('Subir Excel con mis productos')
  })
})

test("Carla reaches none of Rosa's products, and nothing changes", async () => {
  const before = await rosa.db.select().from(products)
  const id = Math.max(...before.map((product) => product.id))
  for (const path of [`/productos/${id}`, `/productos/${id}/oculto`, `/productos/${id}/visible`]) {
    const refused = await carlaAsks(path, { form: { name: 'Mío', price: '1' } })
    expect(refused.status).toBe(404)
  }
  expect((await carlaAsks(`/productos/${id}`)).status).toBe(404)
  expect(await (await carlaAsks(`/productos?cambiado=${id}`)).text()).not.toContain('otra vez a la venta')
  expect(await rosa.db.select().from(products)).toEqual(before)
})

test('a cashier sees the list and changes nothing', async () => {
  await rosa.db.update(staff).set({ role: 'cajera' })
  const page = await (await ask('/productos')).text()
  expect(page).toContain('1/4\u00a0pollo')
  expect(page).not.toContain('Ocultar')
  expect((await post('/productos', { name: 'Suyo', price: '1' })).status).toBe(403)
  expect((await post(`/productos/${rosa.products.soda}/oculto`, {})).status).toBe(403)
})
