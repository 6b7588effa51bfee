import { describe, expect, test } from 'vitest'
import { checkRows, planImport, resultText, type SheetRow } from './import.ts'

const row = (
  number: number,
  typed: Partial<Record<keyof SheetRow['cells'], string>>,
  isDate = false,
): SheetRow => {
  const cell = (column: string, text = '') => ({ address: `${column}${number}`, text, isDate: false })
  return {
    row: number,
    cells: {
      name: cell('A', typed.name),
      price: { ...cell('B', typed.price), isDate },
      category: cell('C', typed.category),
      code: cell('D', typed.code),
      barcode: cell('E', typed.barcode),
    },
  }
}

const reasons = (...rows: SheetRow[]) => {
  const checked = checkRows(rows)
  return checked.ok ? [] : checked.reasons
}

describe('the rows of a sheet', () => {
  test('prices as an owner writes them are understood', () => {
    const prices = ['S/ 12.50', '12,50', '1,234.50', '12', ' 12.5 ']
    const checked = checkRows(prices.map((price, at) => row(at + 2, { name: `P${at}`, price })))
    expect(checked.ok && checked.products.map((product) => product.priceCentimos)).toEqual([
      1250, 1250, 123450, 1200, 1250,
    ])
  })
  test('a wrong price names its cell and the cure', () => {
    expect(reasons(row(18, { name: 'Lomo', price: 'consultar' }))).toEqual([
      'B18: "consultar" no es un precio. Escribe un número.',
    ])
    expect(reasons(row(2, { name: 'Lomo', price: '1e3' }))[0]).toContain('B2: "1e3" no es un precio')
    expect(reasons(row(2, { name: 'Lomo', price: '0' }))).toEqual(['B2: el precio debe ser mayor que 0.'])
    expect(reasons(row(2, { name: 'Lomo', price: '-1' }))[0]).toContain('no puede ser negativo')
    expect(reasons(row(2, { name: 'Lomo', price: '12.505' }))[0]).toContain('más de dos decimales')
    expect(reasons(row(2, { name: 'Lomo' }))).toEqual(['B2: falta el precio.'])
  })
  test('a price that Excel made a date is recognised', () => {
    expect(reasons(row(22, { name: 'Lomo', price: '15/08' }, true))).toEqual([
      'B22: parece una fecha (15/08), no un precio.',
    ])
  })
  test('a row without its name is named', () => {
    expect(reasons(row(7, { price: '5' }))).toEqual(['A7: falta el nombre.'])
    expect(reasons(row(8, { name: 'x'.repeat(300), price: '5' }))[0]).toContain('A8: el nombre pasa de 120')
  })
  test('a code repeated inside the file is told with both rows', () => {
    const code = { price: '5', barcode: '7750182000123' }
    expect(reasons(row(12, { name: 'A', ...code }), row(40, { name: 'B', ...code }))).toEqual([
      'Fila 40 repite el código de barras 7750182000123 de la fila 12.',
    ])
    expect(reasons(row(2, { name: 'Papá', price: '5' }), row(3, { name: 'PAPA', price: '6' }))).toEqual([
      'Fila 3 repite «PAPA» de la fila 2.',
    ])
  })
  test('at most 20 reasons are listed, and all are counted', () => {
    const checked = checkRows(
      Array.from({ length: 50 }, (_, at) => row(at + 2, { name: `P${at}`, price: 'x' })),
    )
    expect(checked).toMatchObject({ ok: false, wrong: 50 })
    expect(!checked.ok && checked.reasons.length).toBe(20)
  })
})

describe('what the file changes', () => {
  const product = { category: null, code: null, barcode: null }
  const existing = [
    { id: 1, name: 'Papas', code: null, barcode: null, priceCentimos: 800, forSale: true },
    { id: 2, name: 'Gaseosa', code: 'G1', barcode: '775', priceCentimos: 400, forSale: true },
    { id: 3, name: 'Pollo', code: null, barcode: null, priceCentimos: 0, forSale: false },
  ]
  test('the same list again changes nothing', () => {
    const rows = [
      { ...product, name: 'papas', priceCentimos: 800 },
      { ...product, name: 'Otro nombre', code: 'g1', priceCentimos: 400 },
    ]
    expect(planImport(existing, rows)).toEqual({ added: [], priced: [] })
  })
  test('a product is found by its code, else its barcode, else its name', () => {
    const rows = [
      { ...product, name: 'x', code: 'G1', barcode: '999', priceCentimos: 450 },
      { ...product, name: 'PAPAS', priceCentimos: 900 },
    ]
    expect(planImport(existing, rows).priced).toEqual([
      { id: 2, priceCentimos: 450 },
      { id: 1, priceCentimos: 900 },
    ])
  })
  test('the same name with another code is another product, and «Pollo» behind the eighths is nobody', () => {
    const rows = [
      { ...product, name: 'Gaseosa', code: 'G2', priceCentimos: 700 },
      { ...product, name: 'Pollo', priceCentimos: 5500 },
    ]
    expect(planImport(existing, rows)).toEqual({ added: rows, priced: [] })
  })
})

test('the result is said as a person says it', () => {
  expect(resultText({ added: 23, priced: 4 })).toBe('Guardamos 23 productos nuevos y 4 precios.')
  expect(resultText({ added: 1, priced: 0 })).toBe('Guardamos 1 producto nuevo.')
  expect(resultText({ added: 0, priced: 1 })).toBe('Guardamos 1 precio.')
  expect(resultText({ added: 0, priced: 0 })).toBe('Tu Excel ya estaba guardado: no cambió nada.')
})
