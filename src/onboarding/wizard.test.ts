import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tenants } from '#src/db/admin-schema.ts'
import {
  branches,
  business,
  categories,
  productComponents,
  products,
  registers,
  series,
  staff,
} from '#src/db/tenant-schema.ts'
import type { RucAnswer } from '#src/ruc/lookup.ts'
import { type TestTenant, testDatabases, testTenant } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

const ruc = '20131312955'
const fiscal = {
  name: 'Rosa',
  ruc,
  legalName: 'Inversiones Rosita E.I.R.L.',
  address: 'Av. Grau 123',
  regime: 'mype',
}
const caja = { name: 'Caja 1', paper: '80', series: 'NV01' }
const found = {
  outcome: 'found' as const,
  found: { ruc, legalName: 'SUNAT <b>', address: 'Av. Wilson', state: 'ACTIVO', condition: 'NO HABIDO' },
}

let rosa: TestTenant
let answer: RucAnswer
let canLookUp: boolean
let now = new Date('2026-11-23T15:00:00Z')
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeAll(async () => {
  rosa = await testTenant()
  const services = testServices(await testDatabases(), {
    rucLookup: async () => answer,
    canLookUpRuc: async () => canLookUp,
    clock: () => now,
  })
  ask = await testApp(services).as(rosa)
})

/** Each test finds Rosa as she stands after sign-up, an hour later. */
beforeEach(async () => {
  answer = { outcome: 'unavailable' }
  canLookUp = true
  now = new Date(now.getTime() + 3_600_000)
  for (const table of [productComponents, products, categories, series, registers, branches]) {
    await rosa.db.delete(table)
  }
  await rosa.db.update(business).set({ ruc: null, legalName: null, address: null, setupStep: 0 })
  await rosa.db.update(staff).set({ name: '', role: 'dueno' })
  await setRubro('polleria')
})

async function setRubro(rubro: string) {
  const { admin } = await testDatabases()
  await admin.update(tenants).set({ rubro }).where(eq(tenants.id, rosa.tenant.id))
}

const post = (path: string, form: Record<string, string>) => ask(path, { form })
const page = async (path: string) => (await ask(path)).text()
const setup = async () => (await rosa.db.select().from(business))[0]!

async function pass(steps: number) {
  if (steps > 0) await post('/configurar/datos-fiscales', fiscal)
  if (steps > 1) await post('/configurar/sucursal', { name: 'Pollería Rosita', address: 'Av. Grau 123' })
  if (steps > 2) await post('/configurar/caja', caja)
}

test('Rosa passes the four steps and each is saved as it is passed', async () => {
  expect(await page('/configurar/datos-fiscales')).toContain('Hola, configuremos tu pollería.')
  const first = await post('/configurar/datos-fiscales', fiscal)
  expect([first.status, first.headers.get('Location')]).toEqual([303, '/configurar/sucursal'])
  expect(await setup()).toMatchObject({ ruc, regime: 'mype', igvKind: 'general', setupStep: 1 })
  expect(await page('/configurar/datos-fiscales')).toContain('Hola Rosa, configuremos tu pollería.')

  expect(await page('/configurar/sucursal')).toContain('value="Av. Grau 123"')
  await post('/configurar/sucursal', {
    name: 'Rosita',
    address: 'Av. 2',
    whatsapp: '987 654 321',
    consent: 'on',
  })
  const [branch] = await rosa.db.select().from(branches)
  expect(branch).toMatchObject({ name: 'Rosita', whatsapp: '987654321', whatsappConsentAt: now })

  const third = await post('/configurar/caja', { ...caja, paper: '58' })
  expect(third.headers.get('Location')).toBe('/configurar/productos')
  expect(await rosa.db.select().from(registers)).toMatchObject([{ name: 'Caja 1', paper: '58' }])
  expect(await rosa.db.select().from(series)).toMatchObject([{ code: 'NV01', nextNumber: 1 }])
  expect((await setup()).setupStep).toBe(3)
  expect(await page('/configurar/productos')).toContain('Usar la carta lista de pollería (23 productos)')
})

test('she comes back to the step where she left', async () => {
  await pass(1)
  expect((await ask('/configurar')).headers.get('Location')).toBe('/configurar/sucursal')
  expect((await ask('/configurar/productos')).headers.get('Location')).toBe('/configurar/sucursal')
  expect((await post('/configurar/caja', caja)).headers.get('Location')).toBe('/configurar/sucursal')
  expect(await rosa.db.select().from(registers)).toEqual([])
})

test('a double click and a later correction change the same rows', async () => {
  await pass(1)
  await Promise.all([1, 2].map(() => post('/configurar/sucursal', { name: 'Rosita' })))
  await Promise.all([1, 2].map(() => post('/configurar/caja', caja)))
  await post('/configurar/sucursal', { name: 'Rosita Centro' })
  await post('/configurar/caja', { ...caja, name: 'Mostrador', series: 'NV07' })
  expect(await rosa.db.select().from(branches)).toMatchObject([{ name: 'Rosita Centro' }])
  expect(await rosa.db.select().from(registers)).toMatchObject([{ name: 'Mostrador' }])
  expect(await rosa.db.select().from(series)).toMatchObject([{ code: 'NV07' }])
  await post('/configurar/datos-fiscales', fiscal)
  expect((await setup()).setupStep).toBe(3)
})

test('a series of another register is refused and nothing changes', async () => {
  await pass(3)
  const [branch] = await rosa.db.select().from(branches)
  const [row] = await rosa.db
    .insert(registers)
    .values({ branchId: branch!.id, name: 'Caja 2', createdAt: now })
    .$returningId()
  await rosa.db.insert(series).values({ registerId: row!.id, documentType: 'nota_venta', code: 'NV02' })
  const refused = await post('/configurar/caja', { ...caja, name: 'Otra', series: 'NV02' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Esa serie ya la usa otra caja.')
  expect((await rosa.db.select().from(registers))[0]).toMatchObject({ name: 'Caja 1' })
})

describe('the RUC', () => {
  test.each([
    ['2013131295', 'El RUC tiene 11 números; escribiste 10.'],
    ['201313129550', 'El RUC tiene 11 números; escribiste 12.'],
    ['20131312956', 'Ese RUC no es válido: revisa los números.'],
    ['abc', 'El RUC tiene solo números: quita las letras.'],
    ['', 'Escribe los 11 números de tu RUC o marca «Vender con Boleta Simple».'],
  ])('%j comes back with its sentence and what was typed', async (typed, sentence) => {
    const refused = await post('/configurar/datos-fiscales', { ...fiscal, name: '<i>Ñusta 🐥', ruc: typed })
    const html = await refused.text()
    expect(refused.status).toBe(422)
    expect(html).toContain(sentence)
    expect(html).toContain(`value="${typed}"`)
    expect(html).toContain('value="&lt;i&gt;Ñusta 🐥"')
    expect((await setup()).setupStep).toBe(0)
  })

  test('found, not found and unavailable are told apart, as the part that htmx asks for', async () => {
    const look = async () => {
      const response = await ask(`/configurar/ruc?ruc=${ruc}`, { headers: { 'HX-Request-Type': 'partial' } })
      return response.text()
    }
    expect(await look()).toContain('No pudimos consultar ahora. Escribe tus datos y sigue.')
    answer = { outcome: 'not-found' }
    expect(await look()).toContain('No encontramos ese RUC. Revisa los números o escribe tus datos.')
    answer = found
    const html = await look()
    expect(html).toMatch(/^<div id="ruc-result"/)
    expect(html).toContain('Encontrado: SUNAT &lt;b&gt;.')
    expect(html).toContain('SUNAT lo muestra ACTIVO, NO HABIDO. Puedes seguir; revísalo con tu contador.')
  })

  test('without JavaScript «Buscar» gives the page back, filled in', async () => {
    answer = found
    const html = await page(`/configurar/ruc?ruc=${ruc}&name=Rosa&regime=rus`)
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain('value="SUNAT &lt;b&gt;"')
    expect(html).toContain('value="Av. Wilson"')
    expect(html).toContain('value="Rosa"')
  })

  describe('what the register gave for another RUC is not kept', () => {
    const filled = {
      ...fiscal,
      legalName: 'SUNAT S.A.',
      address: 'Av. Wilson',
      foundRuc: ruc,
      foundName: 'SUNAT S.A.',
      foundAddress: 'Av. Wilson',
    }

    test('with Boleta Simple nothing of it, but all that she typed', async () => {
      await post('/configurar/datos-fiscales', { ...filled, boletaSimple: 'on' })
      expect(await setup()).toMatchObject({ ruc: null, legalName: null, address: null })
      await post('/configurar/datos-fiscales', { ...filled, boletaSimple: 'on', address: 'Jr. Lima 5' })
      expect(await setup()).toMatchObject({ legalName: null, address: 'Jr. Lima 5' })
    })

    test('with another RUC she is asked for its name, and its own search fills it in', async () => {
      const refused = await post('/configurar/datos-fiscales', { ...filled, ruc: '20100070970' })
      expect(refused.status).toBe(422)
      answer = { outcome: 'not-found' }
      const typed = new URLSearchParams({ ...filled, ruc: '20100070970', address: 'Jr. Lima 5' })
      const html = await page(`/configurar/ruc?${typed}`)
      expect(html).not.toContain('SUNAT S.A.')
      expect(html).toContain('value="Jr. Lima 5"')
    })

    test('with the same RUC all of it stays', async () => {
      await post('/configurar/datos-fiscales', filled)
      expect(await setup()).toMatchObject({ ruc, legalName: 'SUNAT S.A.', address: 'Av. Wilson' })
    })
  })

  test('where there is no register to search in, nothing is promised and nothing is asked', async () => {
    expect(await page('/configurar/datos-fiscales')).toContain('Buscamos tus datos por ti.')
    canLookUp = false
    const html = await page('/configurar/datos-fiscales')
    expect(html).not.toContain('Buscamos tus datos')
    expect(html).not.toContain('hx-get')
    expect(await page(`/configurar/ruc?ruc=${ruc}`)).not.toContain('No pudimos consultar')
  })

  test('a name that ends with its own full stop is said with one', async () => {
    answer = { outcome: 'found', found: { ...found.found, legalName: 'ROSITA S.A.' } }
    expect(await page(`/configurar/ruc?ruc=${ruc}`)).toMatch(/Encontrado: ROSITA S\.A\.</)
  })

  test('unavailable never blocks: she types her name and goes on', async () => {
    expect((await post('/configurar/datos-fiscales', fiscal)).status).toBe(303)
  })

  test('without a name the register is asked once more, and only then she is', async () => {
    const refused = await post('/configurar/datos-fiscales', { ...fiscal, legalName: '' })
    expect(await refused.text()).toContain('Escribe tu nombre legal')
    answer = found
    await post('/configurar/datos-fiscales', { ...fiscal, legalName: '', address: '' })
    expect(await setup()).toMatchObject({ legalName: 'SUNAT <b>', address: 'Av. Wilson', rucState: 'ACTIVO' })
  })

  test('the twenty-first look-up in ten minutes costs nothing', async () => {
    answer = found
    const looks = []
    for (let at = 0; at < 21; at++) looks.push(await page(`/configurar/ruc?ruc=${ruc}`))
    expect(looks[19]).toContain('Encontrado')
    expect(looks[20]).toContain('No pudimos consultar ahora')
  })
})

test('with Boleta Simple there is no RUC, and the ticket is explained', async () => {
  expect(await page('/configurar/datos-fiscales')).toContain(
    'No es un comprobante de pago ni reemplaza a la boleta de SUNAT.',
  )
  const saved = await post('/configurar/datos-fiscales', {
    name: '',
    boletaSimple: 'on',
    ruc: '',
    regime: 'rus',
  })
  expect(saved.status).toBe(303)
  expect(await setup()).toMatchObject({ ruc: null, regime: 'none', setupStep: 1 })
})

test('the special rate is offered to who sells food, while it is special', async () => {
  const offer = 'Tasa especial de restaurantes y hoteles (10.5\u00a0% hasta el 31 de diciembre de 2026)'
  expect(await page('/configurar/datos-fiscales')).toContain(offer)
  await setRubro('bodega')
  expect(await page('/configurar/datos-fiscales')).not.toContain('Tasa especial')
})

test('names of 300 letters and a landline are refused at their fields', async () => {
  await pass(1)
  const refused = await post('/configurar/sucursal', { name: 'ñ'.repeat(300), whatsapp: '014567890' })
  const html = await refused.text()
  expect(refused.status).toBe(422)
  expect(html).toContain('Usa hasta 120 letras.')
  expect(html).toContain('Un celular tiene 9 números y empieza con 9.')
})

test('the test print shows the paper that was chosen and is no comprobante', async () => {
  await pass(2)
  const html = await page('/configurar/caja/prueba?paper=58&name=Caja')
  expect(html).toContain('ticket-58')
  expect(html).toContain('ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO')
})

describe('the ready menu', () => {
  const form = Object.fromEntries(
    Array.from({ length: 23 }, (_, at) => [
      [`incluir-${at + 1}`, 'on'],
      [`precio-${at + 1}`, at === 0 ? '58' : '5'],
    ]).flat(),
  )

  test('writes her 23 products, the rail, and the chicken behind the eighths; twice is once', async () => {
    await pass(3)
    const before = (await setup()).catalogueVersion
    const answers = await Promise.all([1, 2].map(() => post('/configurar/productos/carta', form)))
    expect(answers.map((response) => response.status)).toEqual([303, 303])
    await post('/configurar/productos/carta', form)
    const rows = await rosa.db.select().from(products)
    expect(rows.filter((product) => product.forSale)).toHaveLength(23)
    const chicken = rows.filter((product) => !product.forSale)
    expect(chicken).toMatchObject([{ name: 'Pollo', tracksStock: true, stepThousandths: 125 }])
    const parts = await rosa.db.select().from(productComponents)
    const takes = (name: string) =>
      parts.find((part) => part.productId === rows.find((product) => product.name === name)?.id)
        ?.quantityThousandths
    expect([takes('Pollo entero'), takes('1/4 pollo'), takes('1/8 pollo'), takes('Papas')]).toEqual([
      1000,
      250,
      125,
      undefined,
    ])
    const rail = await rosa.db.select().from(categories).orderBy(categories.position)
    expect(rail.map((category) => category.name).slice(0, 3)).toEqual([
      'Pollos a la brasa',
      'Promociones',
      'Broaster',
    ])
    expect(rows.find((product) => product.name === 'Pollo entero')?.priceCentimos).toBe(5800)
    expect(await setup()).toMatchObject({ setupStep: 4, catalogueVersion: before + 1 })
  })

  test('a wrong price comes back at its product and nothing is saved', async () => {
    await pass(3)
    const refused = await post('/configurar/productos/carta', {
      ...form,
      'precio-3': '12.505',
      'precio-4': '-1',
    })
    const html = await refused.text()
    expect(refused.status).toBe(422)
    expect(html).toContain('Usa hasta dos decimales.')
    expect(html).toContain('El precio no puede ser negativo.')
    expect(html).toContain('value="12.505"')
    expect(await rosa.db.select().from(products)).toEqual([])
  })
})

test('a bodega scans one product after another', async () => {
  await pass(3)
  await setRubro('bodega')
  expect(await page('/configurar/productos')).toContain('Escanear mis productos')
  const path = '/configurar/productos/escanear'
  const soap = { barcode: '7750182000123', name: 'Jabón', price: '3,50' }
  const saved = await post(path, soap)
  expect(await page(saved.headers.get('Location')!)).toContain('Guardamos Jabón. Sigue con el próximo.')
  const again = await post(path, { ...soap, name: 'Otro' })
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('Ese código de barras ya es de «Jabón».')
  expect((await setup()).setupStep).toBe(4)
  expect((await ask('/configurar/productos/carta')).status).toBe(404)
})

test('a cashier does not get into the wizard', async () => {
  await rosa.db.update(staff).set({ role: 'cajera' }).where(eq(staff.id, 1))
  expect((await ask('/configurar/caja')).status).toBe(403)
  expect((await post('/configurar/datos-fiscales', fiscal)).status).toBe(403)
})
