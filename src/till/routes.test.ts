import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { business, products } from '#src/db/tenant-schema.ts'
import { readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { counter, openShop } from '../../tests/support/till.ts'
import { type CatalogueDocument, catalogueVersion } from './catalogue.ts'
import { till } from './routes.tsx'

const catalogueAt = async (shop: Awaited<ReturnType<typeof openShop>>) => {
  const [row] = await shop.db.select({ version: business.catalogueVersion }).from(business)
  return catalogueVersion(shop.tenant.uid, row?.version ?? 0)
}

describe("Beto's till", () => {
  it('opens with the tiles of the first screen, without price or button for the trial', async () => {
    const beto = counter(await openShop(), [till])
    const answer = await beto.get('/pos')
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Cache-Control')).toContain('no-store')
    expect(html).toContain('1/4\u00a0pollo')
    expect(html).toContain('Te quedan 13 días de prueba')
    expect(html).toContain('La caja necesita JavaScript.')
    expect(html).not.toContain('data-closed')
    expect(html).not.toContain('htmx')
  })

  it('asks for the sencillo over the dimmed tiles while no turno is open', async () => {
    const closed = await readyTenant()
    const beto = counter({ ...closed, beto: closed.staff }, [till])
    const html = await (await beto.get('/pos')).text()
    expect(html).toContain('data-closed')
    expect(html).toContain('¿Con cuánto sencillo empiezas?')
  })

  it('practises without a turno, and says that nothing of it counts', async () => {
    const closed = await readyTenant()
    const beto = counter({ ...closed, beto: closed.staff }, [till])
    const html = await (await beto.get('/pos?modo=practica')).text()
    expect(html).toContain('MODO PRÁCTICA')
    expect(html).not.toContain('¿Con cuánto sencillo empiezas?')
  })

  it('leads to the wizard until the third step is saved', async () => {
    const shop = await readyTenant()
    const rosa = counter({ ...shop, beto: shop.staff }, [till], undefined, 2)
    const answer = await rosa.get('/pos')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/configurar/caja')
  })

  it('tells a cashier whom to ask when there is no product, and offers nothing that she may not do', async () => {
    const shop = await openShop()
    await shop.db.update(products).set({ active: false })
    const html = await (await counter(shop, [till]).get('/pos')).text()
    expect(html).toContain('Aún no hay productos.')
    expect(html).not.toContain('/productos/nuevo')
  })
})

describe('the catalogue', () => {
  it('is one document per version, kept for ever by this browser only', async () => {
    const shop = await openShop()
    const version = await catalogueAt(shop)
    const answer = await counter(shop, [till]).get(`/pos/catalogo/${version}`)
    const document = (await answer.json()) as CatalogueDocument
    expect(answer.headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable')
    expect(document.version).toBe(version)
    expect(document.products.map((row) => row[0])).toContain(shop.products.quarter)
  })

  it('leads from an old address to the newest, and does not keep that answer', async () => {
    const shop = await openShop()
    const answer = await counter(shop, [till]).get('/pos/catalogo/abcdef12-0')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('Location')).toBe(`/pos/catalogo/${await catalogueAt(shop)}`)
    expect(answer.headers.get('Cache-Control')).toContain('no-store')
  })

  it('leaves out what is hidden and what is only counted', async () => {
    const shop = await openShop()
    await shop.db.update(products).set({ active: false }).where(eq(products.id, shop.products.quarter))
    const answer = await counter(shop, [till]).get(`/pos/catalogo/${await catalogueAt(shop)}`)
    const document = (await answer.json()) as CatalogueDocument
    expect(document.products.map((row) => row[0])).not.toContain(shop.products.quarter)
  })

  it("never shows Carla's products to Rosa's cashier, even at Carla's own address", async () => {
    const [rosa, carla] = [await openShop(), await openShop('Bodega de Carla')]
    await carla.db.update(products).set({ name: 'Solo de Carla' })
    const answer = await counter(rosa, [till]).get(`/pos/catalogo/${await catalogueAt(carla)}`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('Location')).toBe(`/pos/catalogo/${await catalogueAt(rosa)}`)
    expect(await (await counter(rosa, [till]).get('/pos')).text()).not.toContain('Solo de Carla')
  })
})

describe('«Crear producto» in the till', () => {
  const asRosa = async () => {
    const shop = await openShop()
    const app = testApp(testServices(await testDatabases()))
    const ask = await app.as(shop)
    const create = async (json: unknown) => {
      const answer = await ask('/pos/productos', { json })
      return { status: answer.status, body: await answer.json() }
    }
    return { shop, create }
  }

  it('saves it, raises the menu, and gives back what the order needs', async () => {
    const { shop, create } = await asRosa()
    const before = await catalogueAt(shop)
    const jabon = { name: ' Jabón ', price: 'S/ 3,50', barcode: '7750182000123' }
    const { status, body } = await create(jabon)
    expect(status).toBe(200)
    expect(body.product).toMatchObject({
      name: 'Jabón',
      priceCentimos: 350,
      barcode: '7750182000123',
      unit: 'unidad',
      stepThousandths: 1000,
      categoryId: 0,
    })
    expect(await catalogueAt(shop)).not.toBe(before)
    expect((await create(jabon)).body.product.id).toBe(body.product.id)
  })

  it('refuses with the sentence of the field', async () => {
    const { create } = await asRosa()
    expect(await create({ name: '', price: 'abc' })).toEqual({
      status: 422,
      body: {
        ok: false,
        errors: {
          name: 'Escribe el nombre del producto.',
          price: 'Escribe un precio, por ejemplo 12.50.',
        },
      },
    })
    expect((await create('nada')).status).toBe(422)
    expect((await create({ name: 7, price: [] })).status).toBe(422)
    await create({ name: 'Jabón', price: '3', barcode: '111' })
    const twin = await create({ name: 'Otro', price: '4', barcode: '111' })
    expect(twin.body.errors).toEqual({ barcode: 'Ese código de barras ya es de «Jabón».' })
  })

  it('is not offered to Beto, nor done for him', async () => {
    const beto = counter(await openShop(), [till])
    expect(await (await beto.get('/pos')).text()).not.toContain('Crear producto')
    expect((await beto.json('/pos/productos', { name: 'Mío', price: '1' })).status).toBe(403)
  })
})
