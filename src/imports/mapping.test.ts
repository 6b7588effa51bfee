import { expect, test } from 'vitest'
import type { Cell, RawSheet } from './cells.ts'
import { guessMapping } from './mapping.ts'
import { hasListBeside, otherLists } from './sheets/lists.ts'
import { otherListsText } from './texts.ts'

const cell = (value: string | number) =>
  ({ kind: typeof value === 'number' ? 'number' : 'text', text: String(value) }) as Cell

const sheet = (name: string, ...products: [string, number | string][]): RawSheet => ({
  name,
  rows: [['Producto', 'Precio'] as [string, string], ...products].map((row, at) => ({
    number: at + 1,
    cells: row.map(cell),
  })),
})

const drinks = sheet('Bebidas', ['Inca Kola', 5], ['Chicha', 3], ['Agua', 2.5])
const dishes = sheet('Platos', ['Causa', 12], ['Seco', 20])

const left = (sheets: RawSheet[]) =>
  otherLists(
    guessMapping(sheets),
    sheets.map(({ name }, position) => ({ position, name })),
  )

test('the other sheets that hold products are named', () => {
  expect(left([drinks, dishes, sheet('Postres', ['Flan', 5])])).toEqual(['Platos', 'Postres'])
  expect(otherListsText(['Platos'])).toBe(
    'Hay 1 hoja más con productos: Platos. Súbela después, eligiendo la hoja en «Cambiar columnas».',
  )
})

test('notes, sales and a single list are no other list', () => {
  const others = [sheet('Notas', ['llamar a Juan', 'mañana']), sheet('Ventas', ['Causa', 12])]
  expect(left([drinks, ...others])).toEqual([])
  expect(guessMapping([drinks]).lists).toBeUndefined()
})

test('a second list to the right is seen by its titles', () => {
  const column = (title: string, field: 'name' | 'price' | null) => ({
    index: 0,
    title,
    field,
    samples: ['x'],
  })
  const own = [column('Producto', 'name'), column('Precio', 'price')]
  expect(hasListBeside([...own, column('PRODUCTO', null), column('Precio', null)])).toBe(true)
  expect(hasListBeside([...own, column('Descripción', null), column('Precio', null)])).toBe(false)
  expect(hasListBeside(own)).toBe(false)
})
