import { describe, expect, test } from 'vitest'
import { rubros } from '#src/tenants/rubro.ts'
import { fieldOf, menuForm } from './form.ts'
import { eighthsToThousandths, menuFor } from './menu.ts'

const menu = menuFor('polleria')!

describe("the pollería's ready menu", () => {
  test('has 23 products in the order of the rail', () => {
    expect(menu.items).toHaveLength(23)
    expect(menu.categories).toHaveLength(10)
    const places = menu.items.map((item) => menu.categories.indexOf(item.category))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
  })
  test('counts the chicken in eighths', () => {
    const taken = Object.fromEntries(
      menu.items.map((item) => [item.name, eighthsToThousandths(item.eighths)]),
    )
    expect(taken).toMatchObject({
      'Pollo entero': 1000,
      '1/4 pollo': 250,
      '1/8 pollo': 125,
      Mostrito: 125,
      Papas: 0,
    })
  })
})

test('no menu says a name twice, and none is empty', () => {
  for (const { code } of rubros) {
    const items = menuFor(code)?.items ?? []
    expect(new Set(items.map((item) => item.name)).size).toBe(items.length)
    expect(items.every((item) => item.priceCentimos > 0)).toBe(true)
  }
})

test('a bodega scans instead', () => {
  expect(menuFor('bodega')).toBeNull()
})

describe('the form of the menu', () => {
  const form = menuForm(menu)
  test('takes the ticked ones at the price that was typed', () => {
    const typed = { [fieldOf.box('1')]: 'on', [fieldOf.price('1')]: 'S/ 58,00', [fieldOf.price('2')]: 'x' }
    expect(form.parse(typed)).toEqual([{ key: '1', priceCentimos: 5800 }])
  })
  test('a wrong price is told at its own field', () => {
    const result = form.safeParse({ [fieldOf.box('1')]: 'on', [fieldOf.price('1')]: '1e3' })
    expect(result.error?.issues).toMatchObject([
      { path: ['precio-1'], message: 'Escribe un precio, por ejemplo 12.50.' },
    ])
  })
  test('nothing ticked is nothing to save', () => {
    expect(form.safeParse({}).error?.issues).toMatchObject([{ message: 'Marca al menos un producto.' }])
  })
})
