import { describe, expect, test } from 'vitest'
import type { Cell, RawSheet } from './cells.ts'
import type { Field, Mapping } from './mapping.ts'
import { editKey, readRows } from './rows.ts'

type Typed = string | number | null
const cellOf = (typed: Typed): Cell | null =>
  typed === null ? null : { text: String(typed), kind: typeof typed === 'number' ? 'number' : 'text' }

/** Carla's sheet, its titles in row 1. */
const sheet = (...rows: Typed[][]): RawSheet[] => [
  { name: 'Precios', rows: rows.map((row, at) => ({ number: at + 1, cells: row.map(cellOf) })) },
]
const mapping = (...columns: (Field | null)[]): Mapping => ({ sheet: 0, headerRow: 1, columns })
const plain = mapping('name', 'price', 'barcode')
const titles = ['Producto', 'Precio', 'Código de barras']

test('a field without a column, or with an empty cell, says nothing', () => {
  const { rows } = readRows(
    sheet(['Producto', 'Stock'], ['Arroz', null], ['Sal', 3]),
    mapping('name', 'stock'),
  )
  expect(rows.map(({ values }) => values)).toEqual([
    { name: 'Arroz' },
    { name: 'Sal', stockThousandths: 3000 },
  ])
})

test('a list of names alone is a list of products', () => {
  const { rows } = readRows(sheet(['Producto'], ['Arroz'], ['Azúcar']), mapping('name'))
  expect(rows.map(({ values }) => values.name)).toEqual(['Arroz', 'Azúcar'])
})

test('reasons name the cell and the cure', () => {
  const { rows } = readRows(
    sheet(titles, ['Arroz', 'consultar'], [null, 5, '1'], ['Sal', '15/08/2026']),
    plain,
  )
  expect(rows.flatMap(({ problems }) => problems)).toEqual([
    { field: 'price', cell: 'B2', text: 'B2: "consultar" no es un precio. Escribe un número.' },
    { field: 'name', cell: 'A3', text: 'A3: falta el nombre.' },
    { field: 'price', cell: 'B4', text: 'B4: parece una fecha (15/08), no un precio.' },
  ])
})

describe('duplicates inside the file are named with both rows', () => {
  const problems = (...rows: Typed[][]) =>
    readRows(sheet(titles, ...rows), plain).rows.flatMap((row) => row.problems.map(({ text }) => text))
  test('by code', () => {
    expect(problems(['Inca Kola', 3, '7750182000123'], ['Otra', 3, '7750182000123'])).toEqual([
      'Fila 3 repite el código 7750182000123 de la fila 2.',
    ])
  })
  test('by name, unless their codes tell them apart', () => {
    expect(problems(['Papá', 3, null], ['PAPA', 4, '77'])).toEqual(['Fila 3 repite «PAPA» de la fila 2.'])
    expect(problems(['Papa', 3, '76'], ['Papa', 4, '77'])).toEqual([])
  })
  test('and codes that the database takes for one', () => {
    expect(problems(['A', 1, 'ñ1'], ['B', 1, 'n1'])).toEqual(['Fila 3 repite el código n1 de la fila 2.'])
  })
})

test('a cell mended in the preview replaces what the file says', () => {
  const file = sheet(titles, ['Arroz', 'consultar'], ['Sal', 1.5])
  const edits = new Map([[editKey(2, 'price'), 'S/ 4,50']])
  const [arroz] = readRows(file, plain, edits).rows
  expect(arroz).toMatchObject({ values: { priceCentimos: 450 }, shown: { price: 'S/ 4,50' }, problems: [] })
  const emptied = readRows(file, plain, new Map([[editKey(3, 'name'), '']])).rows[1]
  expect(emptied?.problems.map(({ text }) => text)).toEqual(['A3: falta el nombre.'])
})

test('what was understood and should be said', () => {
  const { rows } = readRows(sheet(titles, ['Chocolate', 11.8644067, 36000291452]), plain)
  expect(rows[0]?.notes).toEqual([
    'Se redondeó 11.8644067 a 11.86.',
    'Se leyó 036000291452: le faltaban ceros adelante.',
  ])
  const hidden = sheet(titles, ['Arroz', 4.5])
  hidden[0]!.rows[1]!.isHidden = true
  expect(readRows(hidden, plain).rows[0]?.notes).toEqual(['Está en una fila oculta.'])
})

test('rows that are no product are left out, and counted', () => {
  const { rows, skipped } = readRows(
    sheet(
      ['Producto', 'Precio'],
      ['BEBIDAS'],
      ['Inca Kola', 5],
      ['Producto', 'Precio'],
      ['Chicha', 8],
      ['TOTAL', 13],
    ),
    mapping('name', 'price'),
  )
  expect(rows.map(({ values }) => [values.name, values.category])).toEqual([
    ['Inca Kola', 'BEBIDAS'],
    ['Chicha', 'BEBIDAS'],
  ])
  expect(skipped).toEqual([
    { number: 2, why: 'header' },
    { number: 4, why: 'header' },
    { number: 6, why: 'total' },
  ])
})

test('a product that is called «Total» is a product', () => {
  const { rows } = readRows(sheet(titles, ['Total herbicida 1 L', 45, 'T1'], ['Sal', 1, null]), plain)
  expect(rows).toHaveLength(2)
})

test('a sheet that is not there has no rows', () => {
  expect(readRows([], { sheet: 3, headerRow: null, columns: [] })).toEqual({ rows: [], skipped: [] })
})
