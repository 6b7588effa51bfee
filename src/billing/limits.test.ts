import { describe, expect, test } from 'vitest'
import { fits, isNear, limitText, mayAdd, nearText, recommended, roomLeft, type Usage } from './limits.ts'

const size = (code: string, price: number, limits: [number, number, number, number]) => {
  const [branches, registers, staff, products] = limits
  const name = code[0] + code.slice(1).toLowerCase()
  return { code, name, priceMonthlyCentimos: price, branches, registers, staff, products, retiredAt: null }
}
const puesto = size('PUESTO', 3900, [1, 1, 3, 500])
const local = size('LOCAL', 6900, [1, 3, 12, 5000])
const cadena = size('CADENA', 13900, [5, 15, 60, 20_000])
const sold = [cadena, puesto, local]
const trial = {
  name: 'Prueba de pollería',
  priceMonthlyCentimos: null,
  branches: null,
  registers: null,
  staff: null,
  products: null,
}
const shop: Usage = { branches: 1, registers: 1, staff: 3, products: 500 }

describe('a plan and what there is', () => {
  test('a business exactly at every limit fits, one more of anything does not', () => {
    expect(fits(puesto, shop)).toEqual([])
    expect(fits(puesto, { ...shop, staff: 4, products: 501 })).toEqual(['staff', 'products'])
  })

  test('a trial has no limit at all', () => {
    expect(fits(trial, { branches: 9, registers: 90, staff: 900, products: 90_000 })).toEqual([])
    expect(isNear(null, 1e6)).toBe(false)
    expect(roomLeft(null, 7)).toBeNull()
  })

  test('«El que te queda» is the cheapest that fits, whatever the order of the rows', () => {
    expect(recommended(sold, shop)).toBe('PUESTO')
    expect(recommended(sold, { ...shop, staff: 4 })).toBe('LOCAL')
    expect(recommended(sold, { ...shop, branches: 2 })).toBe('CADENA')
    expect(recommended(sold, { ...shop, branches: 6 })).toBeNull()
  })

  test('a plan that is sold no more is never recommended', () => {
    const retired = { ...puesto, retiredAt: new Date() }
    expect(recommended([retired, local], shop)).toBe('LOCAL')
  })

  test('one may add up to the limit, and whoever is above it adds nothing', () => {
    expect([mayAdd(3, 2), mayAdd(3, 3), mayAdd(3, 7), mayAdd(null, 999)]).toEqual([true, false, false, true])
    expect([mayAdd(500, 470, 30), mayAdd(500, 470, 31), mayAdd(3, 7, 0)]).toEqual([true, false, true])
    expect([roomLeft(3, 1), roomLeft(3, 7)]).toEqual([2, 0])
  })
})

describe('the sentence', () => {
  test('says how far the plan reaches, and the next with its difference', () => {
    expect(limitText(puesto, sold, 'staff')).toBe(
      'Tu plan Puesto llega a 3 personas. Con Local tienes 12 por S/\u00a030 más al mes.',
    )
    expect(limitText(local, sold, 'products')).toBe(
      'Tu plan Local llega a 5,000 productos. Con Cadena tienes 20,000 por S/\u00a070 más al mes.',
    )
  })

  test('leaps over a plan that has no more of it', () => {
    expect(limitText(puesto, sold, 'branches')).toBe(
      'Tu plan Puesto llega a 1 local. Con Cadena tienes 5 por S/\u00a0100 más al mes.',
    )
  })

  test('of the largest plan leads to a person', () => {
    expect(limitText(cadena, sold, 'registers')).toBe(
      'Tu plan Cadena llega a 15 cajas. Escríbenos y lo vemos contigo.',
    )
  })

  test('stays true when the operator has changed prices and limits', () => {
    expect(limitText(puesto, [{ ...local, priceMonthlyCentimos: 3900 }], 'staff')).toContain(
      'por lo mismo al mes',
    )
    expect(limitText(puesto, [{ ...local, priceMonthlyCentimos: 3450 }], 'staff')).toContain(
      'por S/\u00a04.50 menos al mes',
    )
    expect(limitText(puesto, [{ ...local, staff: null }], 'staff')).toContain(
      'Con Local no tienes límite por S/\u00a030 más al mes.',
    )
  })
})

describe('the note before', () => {
  test.each([
    [3, 1, false],
    [3, 2, true],
    [12, 9, false],
    [12, 10, true],
    [500, 399, false],
    [500, 400, true],
    [500, 500, true],
  ])('of %i with %i in use', (limit, used, isTold) => {
    expect(isNear(limit, used)).toBe(isTold)
  })

  test('says how many there are, and at the limit that it is reached', () => {
    expect(nearText(puesto, sold, 'products', 410)).toBe(
      'Tienes 410 productos; tu plan Puesto llega a 500. Con Local tienes 5,000 por S/\u00a030 más al mes.',
    )
    expect(nearText(puesto, sold, 'staff', 3)).toBe(limitText(puesto, sold, 'staff'))
    expect(nearText(puesto, sold, 'staff', 5)).toMatch(/^Tienes 5 personas; tu plan Puesto llega a 3\. /)
    expect(nearText(puesto, sold, 'staff', 1)).toBeNull()
  })
})
