import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { beforeEach, expect, test } from 'vitest'
import { products } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { save, shelves, upload } from '../../tests/support/imports.ts'
import { createImport, editCell } from './actions.ts'
import { titles } from './book.ts'
import { exportWorkbook, reasonsWorkbook, templateWorkbook } from './export.ts'
import { findImport, previewOf } from './queries.ts'
import { readFile } from './reader.ts'

let rosa: ReadyTenant
beforeEach(async () => {
  rosa = await readyTenant()
})

async function open(bytes: Uint8Array) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer)
  return book
}

/** As Rosa would upload it again. */
async function uploadFile(bytes: Uint8Array) {
  const read = await readFile(bytes, 'lista.xlsx', {
    databases: await testDatabases(),
    clock: () => new Date(),
  })
  if (!read.ok) throw new Error(`not read: ${read.problem}`)
  const made = await createImport(rosa.db, { id: 1 }, 'lista.xlsx', read, new Date())
  if (!made.ok) throw new Error(`not planned: ${made.problem}`)
  return (await findImport(rosa.db, made.id, new Date()))!
}

const texts = (sheet: ExcelJS.Worksheet, row: number) =>
  (sheet.getRow(row).values as ExcelJS.CellValue[]).slice(1)

test('the template explains itself, offers lists, and its example is nobody’s product', async () => {
  const bytes = await templateWorkbook(rosa.db, { withProducts: false })
  const book = await open(bytes)
  expect(book.worksheets.map(({ name }) => name)).toEqual(['Instrucciones', 'Productos', 'Listas'])
  const sheet = book.getWorksheet('Productos')!
  expect(texts(sheet, 1)).toEqual(titles)
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
  const { model } = (
    sheet as unknown as { dataValidations: { model: Record<string, { formulae: string[] }> } }
  ).dataValidations
  expect(model.C2?.formulae).toEqual(['Listas!$A$1:$A$2'])
  expect(model.I2?.formulae).toEqual(['"Gravado,Exonerado,Inafecto"'])
  expect(sheet.getCell('B2').numFmt).toBe('0.00')
  expect(sheet.getCell('E2').numFmt).toBe('@')

  const record = await uploadFile(bytes)
  expect(record.summary).toEqual({ created: 0, priceChanged: 0, otherChanged: 0, same: 0, refused: 0 })
})

test('what is exported comes back as no change at all', async () => {
  await save(
    rosa.db,
    await upload(rosa.db, [
      [
        '=HYPERLINK("http://malo.pe")',
        4.5,
        '@Ofertas',
        '-ARR',
        '7750182000123',
        30.5,
        3.2,
        'kg',
        'Exonerado',
        '+1',
        'sí',
        'no',
      ],
      ['  Ñoquis  de "papa" & queso <b> 🍝', 1234.56, '', '', '', '', '', '', '', '', '', ''],
    ]),
  )
  await rosa.db.update(products).set({ active: false }).where(eq(products.id, rosa.products.soda))
  const bytes = await exportWorkbook(rosa.db)
  const sheet = (await open(bytes)).getWorksheet('Productos')!
  expect(sheet.rowCount).toBe(5)
  const names = [2, 3, 4, 5].map((row) => sheet.getCell(row, 1))
  const formula = names.find(({ value }) => String(value).startsWith('='))!
  expect(formula).toMatchObject({ type: ExcelJS.ValueType.String, numFmt: '@', formula: undefined })

  const before = await shelves(rosa.db)
  const record = await uploadFile(bytes)
  expect(record.summary).toEqual({ created: 0, priceChanged: 0, otherChanged: 0, same: 4, refused: 0 })
  expect(await shelves(rosa.db)).toEqual(before)
})

test('the same file comes back with the reasons, and what was mended stays mended', async () => {
  const id = await upload(
    rosa.db,
    [
      ['Arroz', 'consultar', '', '', 7750182000123],
      ['', 3, '', '', ''],
      ['Papas', 8, '', '', ''],
    ],
    ['Nombre', 'Precio', 'Categoría', 'Código', 'Código de barras'],
  )
  await editCell(rosa.db, id, { row: 2, field: 'price', text: '4.50' }, new Date())
  const record = (await findImport(rosa.db, id, new Date()))!
  expect(record.summary).toMatchObject({ created: 2, refused: 1 })
  const preview = (await previewOf(rosa.db, record, { outcome: 'refused', page: 1, pageSize: 10 }))!
  expect(preview.lines.map(({ number, mended, outcome }) => ({ number, mended, outcome }))).toEqual([
    { number: 2, mended: ['price'], outcome: 'created' },
    { number: 3, mended: [], outcome: 'refused' },
  ])
  const bytes = (await reasonsWorkbook(rosa.db, record))!
  const sheet = (await open(bytes)).worksheets[0]!
  expect(texts(sheet, 1).at(-1)).toBe('motivo')
  expect(texts(sheet, 2)).toEqual(['Arroz', '4.50', '', '', 7750182000123])
  expect(texts(sheet, 3).at(-1)).toContain('falta el nombre')
  const again = await uploadFile(bytes)
  expect(again.mapping.columns).toEqual(['name', 'price', 'category', 'code', 'barcode', null])
  expect(again.summary).toMatchObject({ created: 2, refused: 1 })
})
