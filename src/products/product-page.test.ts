import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { files, productComponents, products, staff, stockLevels } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

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

const row = async (id: number) => (await rosa.db.select().from(products).where(eq(products.id, id)))[0]!
const form = (more: Record<string, string> = {}) => ({
  name: '1/4 pollo',
  price: '15',
  category: 'Pollos',
  ...more,
})
const save = (more: Record<string, string>) =>
  ask(`/productos/${rosa.products.quarter}`, { form: form(more) })

test('Rosa fills in everything there is about a product', async () => {
  const saved = await save({
    shortName: '1/4',
    cost: '9.50',
    measure: 'octavo',
    affectation: '20',
    presentation: 'con papas',
    emoji: '🍗',
    code: 'Q4',
  })
  expect(saved.headers.get('Location')).toBe(`/productos/${rosa.products.quarter}?guardado=si`)
  expect(await row(rosa.products.quarter)).toMatchObject({
    shortName: '1/4',
    costCentimos: 950,
    unit: 'unidad',
    stepThousandths: 125,
    affectation: '20',
    presentation: 'con papas',
    emoji: '🍗',
  })
  const page = await (await ask(`/productos/${rosa.products.quarter}?guardado=si`)).text()
  expect(page).toContain('Guardado.')
  expect(page).toContain('S/\u00a05.50 (37\u00a0%)')
  await save({ measure: 'kg' })
  expect(await row(rosa.products.quarter)).toMatchObject({
    unit: 'kg',
    stepThousandths: 1,
    costCentimos: null,
  })
})

test.each([
  [{ shortName: 'a'.repeat(37) }, 'Usa hasta 36 letras en el nombre corto.'],
  [{ cost: '-1' }, 'El costo no puede ser negativo.'],
  [{ ownEmoji: 'pollo' }, 'Usa un solo emoji'],
  [{ presentation: 'a'.repeat(41) }, 'Usa hasta 40 letras en la presentación.'],
])('%j is refused, with what was typed', async (more, sentence) => {
  const refused = await save(more)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain(sentence)
  expect(page).toContain(`value="${Object.values(more)[0]}"`)
})

test('half a chicken in stock cannot become whole pieces', async () => {
  await save({ measure: 'octavo' })
  const level = { branchId: rosa.branchId, productId: rosa.products.quarter, quantityThousandths: 500 }
  await rosa.db.insert(stockLevels).values(level)
  const refused = await save({ measure: 'unidad' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Su stock tiene fracciones: cuéntalo primero.')
})

test('what is only counted leaves the till and stays in its own list', async () => {
  await save({ counted: 'on' })
  expect((await row(rosa.products.quarter)).forSale).toBe(false)
  expect(await (await ask('/productos')).text()).not.toContain('>1/4 pollo<')
  expect(await (await ask('/productos?estado=contados')).text()).toContain('1/4 pollo')
})

describe('the photo', () => {
  const picture = new TextEncoder().encode('RIFF....WEBPVP8 una foto')
  const id = createHash('sha256').update(picture).digest('hex')
  const send = (bytes: Uint8Array<ArrayBuffer>, who: Ask = ask, product = rosa.products.quarter) => {
    const body = new FormData()
    body.set('photo', new File([bytes], 'foto.html', { type: 'text/html' }))
    return who(`/productos/${product}/foto`, { body })
  }

  test('is kept by its bytes, served for ever and to this business only', async () => {
    expect((await send(picture)).status).toBe(303)
    expect((await row(rosa.products.quarter)).photoId).toBe(id)
    const served = await ask(`/archivos/${id}`)
    expect(Buffer.from(await served.arrayBuffer())).toEqual(Buffer.from(picture))
    expect(served.headers.get('Content-Type')).toBe('image/webp')
    expect(served.headers.get('Cache-Control')).toBe('private, max-age=31536000, immutable')
    expect(served.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(served.headers.get('Content-Security-Policy')).toBe("default-src 'none'")
    const carla = await app.as(await readyTenant('Bodega Carla'))
    expect((await carla(`/archivos/${id}`)).status).toBe(404)
    expect((await ask('/archivos/abc')).status).toBe(404)
  })

  test('goes when no product shows it any more', async () => {
    await send(picture)
    await send(picture, ask, rosa.products.soda)
    await ask(`/productos/${rosa.products.quarter}/foto/fuera`, { form: { x: '' } })
    expect(await rosa.db.select({ id: files.id }).from(files)).toEqual([{ id }])
    await ask(`/productos/${rosa.products.soda}/foto/fuera`, { form: { x: '' } })
    expect(await rosa.db.select().from(files)).toEqual([])
  })

  test('that is none, or too heavy, or missing is refused in a sentence', async () => {
    const heavy = new Uint8Array(201 * 1024)
    heavy.set([0xff, 0xd8, 0xff])
    const refusals = [
      [new TextEncoder().encode('<svg/>'), 'Ese archivo no es una foto.'],
      [heavy, 'Esa foto pesa más de 200 KB.'],
      [new Uint8Array(4_000_000), 'Esa foto pesa más de 200 KB.'],
      [new Uint8Array(), 'Elige una foto.'],
    ] as const
    for (const [bytes, sentence] of refusals) {
      const refused = await send(bytes)
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain(sentence)
    }
    expect(await rosa.db.select().from(files)).toEqual([])
  })
})

describe('what it is made of', () => {
  const put = (product: number, part: string, quantity: string, more: Record<string, string> = {}) =>
    ask(`/productos/${product}/componentes`, { form: { part, quantity, ...more } })

  test('a quarter takes two eighths of a chicken, typed as one likes', async () => {
    const { quarter, whole } = rosa.products
    await rosa.db.update(products).set({ stepThousandths: 125 }).where(eq(products.id, whole))
    for (const typed of ['1/4', '2/8', '0.25']) {
      expect((await put(quarter, 'pollo ENTERO', typed)).status).toBe(303)
      expect(await rosa.db.select().from(productComponents)).toEqual([
        { productId: quarter, componentId: whole, quantityThousandths: 250 },
      ])
    }
    expect(await (await ask(`/productos/${quarter}`)).text()).toContain(
      '<strong>1/4</strong> de Pollo entero',
    )
    await ask(`/productos/${quarter}/componentes/fuera`, { form: { componentId: String(whole) } })
    expect(await rosa.db.select().from(productComponents)).toEqual([])
  })

  test.each([
    ['1/4 pollo', '1', 'Un producto no puede llevarse a sí mismo.'],
    ['Inca Kola 1.5 L', '1/2', 'Ese producto no se parte así.'],
    ['Inca Kola 1.5 L', 'mucho', 'Escribe una cantidad'],
    ['mostriyo', '1', 'No encontramos ese producto.'],
    ['o', '1', 'Hay varios parecidos: elige uno.'],
  ])('%s × %s is refused', async (part, quantity, sentence) => {
    const refused = await put(rosa.products.quarter, part, quantity)
    expect(refused.status).toBe(422)
    const page = await refused.text()
    expect(page).toContain(sentence)
    expect(page).toContain(`value="${quantity}"`)
  })

  test('no circles; among several that are alike one is picked', async () => {
    const { quarter, whole, soda } = rosa.products
    expect((await put(whole, 'Inca Kola 1.5 L', '1')).status).toBe(303)
    expect(await (await put(soda, 'Pollo entero', '1')).text()).toContain('se perseguirían sin fin')
    expect((await put(quarter, 'o', '1', { componentId: String(soda) })).status).toBe(303)
    expect((await put(quarter, 'o', '1', { componentId: '987654' })).status).toBe(422)
  })
})

test('a cashier opens none of it', async () => {
  await rosa.db.update(staff).set({ role: 'cajera' })
  const path = `/productos/${rosa.products.soda}`
  for (const noun of [
    'foto',
    'foto/fuera',
    'componentes',
    'componentes/fuera',
    'opciones',
    'favorito/arriba',
  ])
    expect((await ask(`${path}/${noun}`, { form: { x: '1' } })).status).toBe(403)
  expect((await ask(path)).status).toBe(403)
})
