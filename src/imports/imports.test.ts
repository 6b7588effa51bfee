import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { beforeAll, describe, expect, test } from 'vitest'
import { business, categories, products, staff } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import {
  encryptedWorkbook,
  oldWorkbook,
  picture,
  sheetOf,
  titles,
  workbook,
  zip,
} from '../../tests/support/sheets.ts'

let rosa: ReadyTenant
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeAll(async () => {
  rosa = await readyTenant()
  ask = await testApp(testServices(await testDatabases())).as(rosa)
})

function upload(bytes: Uint8Array<ArrayBuffer>, path = '/productos/importar', name = 'carta.xlsx') {
  const body = new FormData()
  body.set('file', new File([bytes], name))
  return ask(path, { body })
}

const countOf = async () => (await rosa.db.select().from(products)).length
const version = async () => (await rosa.db.select().from(business))[0]!.catalogueVersion

async function refusal(bytes: Uint8Array<ArrayBuffer>, name?: string) {
  const before = await countOf()
  const response = await upload(bytes, '/productos/importar', name)
  const page = await response.text()
  expect(response.status).toBe(422)
  expect(await countOf()).toBe(before)
  return page
}

test('Rosa fills the template in and uploads it: new products, a new price, and twice is once', async () => {
  const template = await ask('/productos/plantilla.xlsx')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await template.arrayBuffer()) as unknown as ExcelJS.Buffer)
  expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['Instrucciones', 'Productos'])
  const sheet = book.getWorksheet('Productos')!
  expect((sheet.getRow(1).values as string[]).slice(1)).toEqual(titles)
  sheet.getRow(2).values = ['1/4 pollo', 16, 'Pollos', '', '']
  sheet.getRow(3).values = ['Ají de gallina ñ 🍗', 'S/ 22,50', 'A la carta', 'AJI', '7750182000123']
  sheet.getRow(4).values = ['<script>alert(1)</script>', '1,234.50', 'A la carta', '', '']
  const bytes = new Uint8Array(await book.xlsx.writeBuffer())
  const before = await version()

  const response = await upload(bytes)
  expect(response.status).toBe(303)
  const next = response.headers.get('Location')!
  const page = await (await ask(next)).text()
  expect(page).toContain('Guardamos 2 productos nuevos y 1 precio.')
  expect(page).not.toContain('<script>alert')
  const [quarter] = await rosa.db.select().from(products).where(eq(products.id, rosa.products.quarter))
  expect(quarter!.priceCentimos).toBe(1600)
  const [aji] = await rosa.db.select().from(products).where(eq(products.code, 'AJI'))
  expect(aji).toMatchObject({ name: 'Ají de gallina ñ 🍗', priceCentimos: 2250, barcode: '7750182000123' })
  expect((await rosa.db.select().from(categories)).map((category) => category.name)).toContain('A la carta')
  expect(await version()).toBe(before + 1)

  const again = await upload(bytes)
  expect(again.headers.get('Location')).toBe('/productos?nuevos=0&precios=0')
  expect(await version()).toBe(before + 1)
})

test('the template uploaded untouched adds nothing: its examples stand on the sheet that explains', async () => {
  const template = new Uint8Array(await (await ask('/productos/plantilla.xlsx')).arrayBuffer())
  expect(await refusal(template)).toContain(
    'No tiene productos: escribe uno por fila, debajo de los títulos.',
  )
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(template.buffer as unknown as ExcelJS.Buffer)
  const examples = JSON.stringify(book.getWorksheet('Instrucciones')!.getSheetValues())
  for (const name of ['1/4 pollo', 'Lomo saltado', 'Gaseosa 1.5 L']) expect(examples).toContain(name)
})

describe('a file that is no list of products is refused with its own sentence', () => {
  test('a picture with another name', async () => {
    expect(await refusal(picture)).toContain('Ese archivo no es un Excel.')
  })
  test('an empty file, and none at all', async () => {
    expect(await refusal(new Uint8Array())).toContain('Ese archivo está vacío.')
    expect((await ask('/productos/importar', { form: {} })).status).toBe(422)
    const noFile = await ask('/productos/importar', { form: { file: 'texto' } })
    expect(await noFile.text()).toContain('Elige tu archivo de Excel.')
  })
  test('an empty sheet, and one with titles only', async () => {
    expect(await refusal(await workbook([]))).toContain('Ese archivo está vacío.')
    expect(await refusal(await workbook([titles]))).toContain('No tiene productos')
    expect(await refusal(await workbook([['a', 'b']]))).toContain('No encontramos las columnas')
  })
  test('one with a password, and one of Excel 97', async () => {
    expect(await refusal(encryptedWorkbook())).toContain('Tiene contraseña: quítala y vuelve a subirlo.')
    expect(await refusal(oldWorkbook(), 'carta.xls')).toContain('Guárdalo como .xlsx')
  })
  test('a million rows, and one row too many', async () => {
    expect(await refusal(sheetOf(1_000_000))).toContain('Tiene 1,000,000 filas; el máximo es 20,000.')
    const rows = Array.from({ length: 20_001 }, (_, at) => [`Producto ${at}`, 1])
    expect(await refusal(await workbook([titles, ...rows]))).toContain('Tiene 20,001 filas')
  })
  test('a zip of something else, a torn one, and a bomb', async () => {
    expect(await refusal(zip({ 'hola.txt': Buffer.from('hola') }))).toContain('no es un Excel')
    expect(await refusal((await workbook([titles])).slice(0, 900))).toContain('no es un Excel')
    const bomb = zip({ 'xl/workbook.xml': Buffer.alloc(100_000_000) })
    expect(await refusal(bomb)).toContain('demasiado grande por dentro')
  })
  test('one above 10 MB', async () => {
    expect(await refusal(new Uint8Array(10_100_000))).toContain('Pesa más de 10 MB')
    const response = await upload(new Uint8Array(12_000_000))
    expect(response.status).toBe(413)
  })
})

test('a workbook whose inside makes no sense, and codes that differ by a tilde', async () => {
  expect(await refusal(sheetOf(5))).toMatch(/no es un Excel|está vacío/)
  const twins = [
    ['A', 1, '', 'ñ1', ''],
    ['B', 1, '', 'n1', ''],
  ]
  expect(await refusal(await workbook([titles, ...twins]))).toContain('se parecen demasiado')
})

test('one wrong row saves nothing, and each reason names its cell', async () => {
  const page = await refusal(
    await workbook([
      titles,
      ['Bueno', 5],
      ['Lomo', 'consultar'],
      ['', 3],
      ['Papas', 12.505],
      ['Fecha', new Date(Date.UTC(2026, 7, 15))],
    ]),
  )
  for (const reason of [
    'B3: &quot;consultar&quot; no es un precio. Escribe un número.',
    'A4: falta el nombre.',
    'B5: &quot;12.505&quot; tiene más de dos decimales.',
    'B6: parece una fecha (15/08), no un precio.',
  ]) {
    expect(page).toContain(reason)
  }
})

test('the wizard takes the same file, and its refusal leaves her in the wizard', async () => {
  const response = await upload(
    await workbook([titles, ['Inca Kola 1.5 L', 9.5]]),
    '/configurar/productos/excel',
  )
  expect(response.headers.get('Location')).toBe('/configurar/productos?nuevos=0&precios=1')
  const refused = await upload(picture, '/configurar/productos/excel')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Paso 4 de 4')
})

test('two uploads at once add each product once', async () => {
  const bytes = await workbook([titles, ['Doble', 5, '', 'DOBLE', '']])
  const answers = await Promise.all([upload(bytes), upload(bytes)])
  expect(answers.map((answer) => answer.status)).toEqual([303, 303])
  expect(await rosa.db.select().from(products).where(eq(products.code, 'DOBLE'))).toHaveLength(1)
})

test('a cashier does not change the prices', async () => {
  await rosa.db.update(staff).set({ role: 'cajera' }).where(eq(staff.id, 1))
  expect((await upload(await workbook([titles, ['Mío', 1]]))).status).toBe(403)
  await rosa.db.update(staff).set({ role: 'dueno' }).where(eq(staff.id, 1))
})
