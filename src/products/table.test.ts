import { eq } from 'drizzle-orm'
import mysql from 'mysql2/promise'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  branches,
  bulkChanges,
  business,
  categories,
  productComponents,
  products,
  productUnavailable,
  staff,
  stockLevels,
} from '#src/db/tenant-schema.ts'
import { charge } from '#src/sales/actions.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { monday, openShop, order } from '../../tests/support/till.ts'

type Ask = Awaited<ReturnType<ReturnType<typeof testApp>['as']>>
let app: ReturnType<typeof testApp>
let rosa: ReadyTenant
let ask: Ask

beforeAll(async () => {
  app = testApp(testServices(await testDatabases()))
})
beforeEach(async () => {
  rosa = await readyTenant()
  ask = await app.as(rosa)
})

const partial = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
const row = async (id: number) => (await rosa.db.select().from(products).where(eq(products.id, id)))[0]!
const version = async () => (await rosa.db.select().from(business))[0]!.catalogueVersion
const many = (path: string, fields: [string, string][]) => ask(path, { body: new URLSearchParams(fields) })
const namesOf = (html: string) =>
  [...html.matchAll(/<a href="\/productos\/\d+">([^<]+)<\/a>/g)].map((m) => m[1]?.replaceAll('\u00a0', ' '))
const seen = async (query: string) => namesOf(await (await ask(`/productos?${query}`)).text())

describe('the table', () => {
  test('is sorted by its headings, both ways, and says which', async () => {
    expect(await seen('orden=precio')).toEqual(['Inca Kola 1.5 L', '1/4 pollo', 'Pollo entero'])
    expect(await seen('orden=-nombre')).toEqual(['Pollo entero', 'Inca Kola 1.5 L', '1/4 pollo'])
    expect(await seen('orden=categoria')).toEqual(['Inca Kola 1.5 L', '1/4 pollo', 'Pollo entero'])
    await rosa.db.update(products).set({ costCentimos: 800 }).where(eq(products.id, rosa.products.soda))
    await rosa.db.update(products).set({ costCentimos: 500 }).where(eq(products.id, rosa.products.quarter))
    expect(await seen('orden=margen')).toEqual(['Inca Kola 1.5 L', '1/4 pollo', 'Pollo entero'])
    await rosa.db.update(products).set({ tracksStock: true }).where(eq(products.id, rosa.products.whole))
    expect((await seen('orden=-stock'))[0]).toBe('Pollo entero')
    const html = await (await ask('/productos?orden=precio')).text()
    expect(html).toContain('aria-sort="ascending"')
    expect(html).toContain('href="/productos?orden=-precio"')
    expect(await seen('orden=nada')).toHaveLength(3)
  })

  test('tells a cashier nothing of what things cost: no margin, and no order by it', async () => {
    await rosa.db.update(products).set({ costCentimos: 750 }).where(eq(products.id, rosa.products.quarter))
    const margin = /Margen|margen|50\u00a0%/
    expect(await (await ask('/productos')).text()).toMatch(margin)
    await rosa.db.update(staff).set({ role: 'cajera' })
    expect(await (await ask('/productos')).text()).not.toMatch(margin)
    const names = (html: string) => [...html.matchAll(/<tr id="product-(\d+)"/g)].map((m) => m[1])
    const inMenu = names(await (await ask('/productos')).text())
    for (const order of ['margen', '-margen']) {
      for (const headers of [{}, partial]) {
        const html = await (await ask(`/productos?orden=${order}`, { headers })).text()
        expect(html).not.toMatch(margin)
        expect(names(html)).toEqual(inMenu)
      }
    }
  })

  test('shows what is for sale, hidden, out of stock or sold out', async () => {
    const { quarter, whole, soda } = rosa.products
    await rosa.db.update(products).set({ active: false }).where(eq(products.id, whole))
    await rosa.db.update(products).set({ tracksStock: true }).where(eq(products.id, soda))
    await rosa.db.insert(productUnavailable).values({ branchId: rosa.branchId, productId: quarter })
    expect(await seen('estado=venta')).toEqual(['1/4 pollo', 'Inca Kola 1.5 L'])
    expect(await seen('estado=ocultos')).toEqual(['Pollo entero'])
    expect(await seen('estado=sin-stock')).toEqual(['Inca Kola 1.5 L'])
    expect(await seen('estado=agotados')).toEqual(['1/4 pollo'])
    expect(await (await ask('/productos?estado=contados')).text()).toContain('No hay productos así.')
    expect(await seen('q=pollo+entero')).toEqual(['Pollo entero'])
  })

  test('of 20,000 products comes in as few queries as one of three', async () => {
    const now = new Date()
    for (let from = 0; from < 20_000; from += 2000) {
      await rosa.db.insert(products).values(
        Array.from({ length: 2000 }, (_, n) => ({
          name: `Producto ${from + n} de prueba`,
          priceCentimos: 100 + n,
          position: from + n,
          createdAt: now,
          updatedAt: now,
        })),
      )
    }
    const said = vi.spyOn(
      (mysql as unknown as { PromiseConnection: { prototype: { query: (q: unknown) => unknown } } })
        .PromiseConnection.prototype,
      'query',
    )
    const pooled = vi.spyOn(
      (mysql as unknown as { PromisePool: { prototype: { query: (q: unknown) => unknown } } }).PromisePool
        .prototype,
      'query',
    )
    const page = await (await ask('/productos?pagina=300&orden=precio')).text()
    const statements = said.mock.calls.length + pooled.mock.calls.length
    said.mockRestore()
    pooled.mockRestore()
    expect(namesOf(page)).toHaveLength(50)
    expect(statements).toBeGreaterThan(3)
    expect(statements).toBeLessThan(20)
  }, 60_000)
})

describe("a row's small forms", () => {
  test('a new price swaps the row, tells the till and can be undone', async () => {
    const before = await version()
    const path = `/productos/${rosa.products.quarter}/precio`
    const answer = await ask(path, { form: { price: '16,50', lista: 'q=pollo' }, headers: partial })
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toMatch(/^<tr id="product-/)
    expect(html).toContain('value="16.50"')
    expect(html).toContain('ahora cuesta S/\u00a016.50 (antes S/\u00a015.00)')
    expect((await row(rosa.products.quarter)).priceCentimos).toBe(1650)
    expect(await version()).toBe(before + 1)
    const undo = /action="(\/productos\/cambios\/\d+\/deshecho)"/.exec(html)?.[1] ?? ''
    const back = await ask(undo, { form: { lista: 'q=pollo' } })
    expect(back.headers.get('Location')).toMatch(/^\/productos\?q=pollo&hecho=\d+$/)
    expect((await row(rosa.products.quarter)).priceCentimos).toBe(1500)
  })

  test('without htmx it is a plain form that leads back to the table with «Deshacer»', async () => {
    const path = `/productos/${rosa.products.quarter}/precio`
    const answer = await ask(path, { form: { price: '17', lista: 'orden=precio' } })
    expect(answer.status).toBe(303)
    const page = await (await ask(answer.headers.get('Location')!)).text()
    expect(page).toContain('1/4 pollo ahora cuesta')
    expect(page).toContain('Deshacer')
  })

  test('a wrong price keeps what was typed, in the row or in the whole table', async () => {
    const path = `/productos/${rosa.products.quarter}/precio`
    const inRow = await ask(path, { form: { price: '12.505' }, headers: partial })
    expect(inRow.status).toBe(422)
    const html = await inRow.text()
    expect(html).toContain('value="12.505"')
    expect(html).toContain('Usa hasta dos decimales.')
    const whole = await ask(path, { form: { price: 'gratis', lista: 'q=pollo' } })
    expect(whole.status).toBe(422)
    const page = await whole.text()
    expect(page).toContain('value="gratis"')
    expect(page).toContain('Pollo entero')
    expect((await row(rosa.products.quarter)).priceCentimos).toBe(1500)
  })

  test('«Agotado» and back, in every branch; the star goes last', async () => {
    await rosa.db.insert(branches).values({ name: 'Miraflores', createdAt: new Date() })
    const path = `/productos/${rosa.products.soda}`
    const out = await ask(`${path}/disponibilidad`, { form: { en: 'ninguno' }, headers: partial })
    expect(await out.text()).toContain('Agotado')
    expect(await rosa.db.select().from(productUnavailable)).toHaveLength(2)
    await ask(`${path}/disponibilidad`, { form: { en: 'todos' } })
    expect(await rosa.db.select().from(productUnavailable)).toHaveLength(0)
    await many(`${path}/disponibilidad`, [
      ['en', 'estos'],
      ['branches[]', String(rosa.branchId)],
      ['desde', 'pagina'],
    ])
    expect(await rosa.db.select().from(productUnavailable)).toHaveLength(1)
    for (const id of [rosa.products.soda, rosa.products.quarter]) {
      const starred = await ask(`/productos/${id}/favorito`, { form: { on: 'on' }, headers: partial })
      expect(await starred.text()).toContain('★')
    }
    await ask(`/productos/${rosa.products.quarter}/favorito/arriba`, { form: { x: '' } })
    expect((await row(rosa.products.quarter)).favouritePosition).toBe(0)
    expect((await row(rosa.products.soda)).favouritePosition).toBe(1)
    const list = await (await ask('/productos/favoritos')).text()
    expect(list.indexOf('1/4 pollo')).toBeLessThan(list.indexOf('Inca Kola'))
    await ask(`/productos/${rosa.products.soda}/favorito`, { form: { desde: 'favoritos' } })
    expect((await row(rosa.products.soda)).favouritePosition).toBeNull()
  })
})

describe('many at once', () => {
  const ticked = () =>
    [rosa.products.quarter, rosa.products.soda].map((id): [string, string] => ['ids[]', String(id)])

  test('prices by percent: a sentence first, then rounded to 0.10, then undone', async () => {
    const asked = await many('/productos/acciones', [
      ...ticked(),
      ['accion', 'precio'],
      ['porcentaje', '5 %'],
    ])
    const page = await asked.text()
    expect(page).toContain('Sube 5\u00a0% el precio de 2 productos')
    expect(page).toContain('1/4 pollo pasa de S/\u00a015.00 a S/\u00a015.80')
    expect((await row(rosa.products.quarter)).priceCentimos).toBe(1500)
    const done = await many('/productos/acciones/precio', [...ticked(), ['porcentaje', '5 %']])
    expect([
      (await row(rosa.products.quarter)).priceCentimos,
      (await row(rosa.products.soda)).priceCentimos,
    ]).toEqual([1580, 950])
    await rosa.db.update(products).set({ priceCentimos: 999 }).where(eq(products.id, rosa.products.soda))
    const [change] = await rosa.db.select().from(bulkChanges)
    expect(await (await ask(done.headers.get('Location')!)).text()).toContain(
      'Subiste 5\u00a0% el precio de 2',
    )
    const undone = await ask(`/productos/cambios/${change?.id}/deshecho`, { form: { lista: '' } })
    expect([
      (await row(rosa.products.quarter)).priceCentimos,
      (await row(rosa.products.soda)).priceCentimos,
    ]).toEqual([1500, 999])
    const strip = await (await ask(undone.headers.get('Location')!)).text()
    expect(strip).toContain('1 cambió después')
    expect(strip).not.toContain('>Deshacer<')
  })

  test('all that a search finds are hidden, shown and moved to a category', async () => {
    const all: [string, string][] = [
      ['de', 'todos'],
      ['lista', 'q=pollo'],
    ]
    const hidden = await many('/productos/acciones', [...all, ['accion', 'ocultar']])
    expect((await row(rosa.products.whole)).active).toBe(false)
    expect((await row(rosa.products.soda)).active).toBe(true)
    const page = await (await ask(hidden.headers.get('Location')!)).text()
    expect(page).toContain('Ocultaste 2 productos.')
    const undo = /action="(\/productos\/cambios\/\d+\/deshecho)"/.exec(page)?.[1] ?? ''
    await ask(undo, { form: { lista: '' } })
    expect((await row(rosa.products.whole)).active).toBe(true)
    await many('/productos/acciones', [...all, ['accion', 'categoria'], ['categoriaNueva', 'Brasas']])
    const [brasas] = await rosa.db.select().from(categories).where(eq(categories.name, 'Brasas'))
    expect((await row(rosa.products.whole)).categoryId).toBe(brasas?.id)
  })

  test('what was sold is hidden and said; the rest is deleted, after a question', async () => {
    const shop = await openShop('Rosita vende')
    const asOwner = await app.as(shop)
    await charge(shop.db, shop.tenant, shop.beto, order(shop), monday)
    await shop.db.insert(stockLevels).values({ branchId: shop.branchId, productId: shop.products.soda })
    const fields = new URLSearchParams([
      ['de', 'todos'],
      ['accion', 'borrar'],
    ])
    const asked = await asOwner('/productos/acciones', { body: fields })
    const question = await asked.text()
    expect(question).toContain('Se borran 2 productos para siempre: no se puede deshacer.')
    expect(question).toContain('1 ya se vendió o es parte de otro: se oculta y sus ventas quedan.')
    const done = await asOwner('/productos/acciones/borrado', { body: fields })
    const left = await shop.db.select().from(products)
    expect(left.map((one) => [one.name, one.active])).toEqual([['1/4 pollo', false]])
    expect(await (await asOwner(done.headers.get('Location')!)).text()).toContain('Borraste 2 productos.')
  })

  test('a part of another product is not deleted either', async () => {
    const { quarter, whole } = rosa.products
    await rosa.db
      .insert(productComponents)
      .values({ productId: quarter, componentId: whole, quantityThousandths: 1000 })
    await many('/productos/acciones/borrado', [['ids[]', String(whole)]])
    expect((await row(whole)).active).toBe(false)
  })

  test('what goes back to a category that is gone stays where it is, and is said', async () => {
    const [soups] = await rosa.db.insert(categories).values({ name: 'Sopas', position: 3 })
    const { quarter, soda } = rosa.products
    await rosa.db.update(products).set({ categoryId: soups.insertId }).where(eq(products.id, quarter))
    await many('/productos/acciones', [...ticked(), ['accion', 'categoria'], ['categoriaNueva', 'Brasas']])
    const drinks = (await rosa.db.select().from(categories).where(eq(categories.name, 'Bebidas')))[0]?.id
    const grilled = (await row(quarter)).categoryId
    await rosa.db.delete(categories).where(eq(categories.id, soups.insertId))
    const [change] = await rosa.db.select().from(bulkChanges)
    const undone = await ask(`/productos/cambios/${change?.id}/deshecho`, { form: { lista: '' } })
    expect(undone.status).toBe(303)
    expect([(await row(quarter)).categoryId, (await row(soda)).categoryId]).toEqual([grilled, drinks])
    const strip = await (await ask(undone.headers.get('Location')!)).text()
    expect(strip).toContain('1 producto volvió a como estaban. 1 cambió después y se quedó así.')
  })

  test.each<[string, [string, string][], string]>([
    ['nothing ticked', [['accion', 'ocultar']], 'Marca al menos un producto.'],
    ['nothing chosen', [['de', 'todos']], 'Elige qué hacer.'],
    [
      'no percent',
      [
        ['de', 'todos'],
        ['accion', 'precio'],
        ['porcentaje', 'mucho'],
      ],
      'Escribe un porcentaje',
    ],
    [
      'too much',
      [
        ['de', 'todos'],
        ['accion', 'precio'],
        ['porcentaje', '-95'],
      ],
      'El porcentaje va de -90 a 500.',
    ],
    [
      'no category',
      [
        ['de', 'todos'],
        ['accion', 'categoria'],
      ],
      'Escribe la categoría.',
    ],
  ])('%s is refused with a sentence', async (_what, fields, sentence) => {
    const refused = await many('/productos/acciones', fields)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(sentence)
  })
})

test('a cashier changes nothing, and Carla reaches nothing', async () => {
  await many('/productos/acciones', [
    ['de', 'todos'],
    ['accion', 'ocultar'],
  ])
  const [change] = await rosa.db.select().from(bulkChanges)
  await rosa.db.update(staff).set({ role: 'cajera' })
  const { soda } = rosa.products
  for (const path of [
    `/productos/${soda}/precio`,
    `/productos/${soda}/disponibilidad`,
    `/productos/${soda}/favorito`,
    `/productos/cambios/${change?.id}/deshecho`,
    '/productos/acciones',
    '/productos/acciones/precio',
    '/productos/acciones/borrado',
  ]) {
    expect((await ask(path, { form: { price: '1', de: 'todos', porcentaje: '10' } })).status).toBe(403)
  }
  const page = await (await ask('/productos')).text()
  expect(page).not.toContain('name="price"')
  expect(page).not.toContain('Cambiar varios')
  const carla = await app.as(await readyTenant('Bodega Carla'))
  const id = String(90_000 + soda)
  expect((await carla(`/productos/${id}/precio`, { form: { price: '1' } })).status).toBe(404)
  expect((await carla('/productos/cambios/9999/deshecho', { form: { lista: '' } })).status).toBe(404)
})
