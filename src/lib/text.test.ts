import { expect, test } from 'vitest'
import { count, fold, formatCount, unbroken } from './text.ts'

test('one product, several products, thousands of products', () => {
  expect([0, 1, 2, 1482, 1_000_000].map((n) => count(n, 'producto', 'productos'))).toEqual([
    '0 productos',
    '1 producto',
    '2 productos',
    '1,482 productos',
    '1,000,000 productos',
  ])
  expect(formatCount(-1200)).toBe('−1,200')
})

test('a search does not ask for accents or capitals, but ñ is a letter of its own', () => {
  expect(fold('CAFÉ con Azúcar')).toBe('cafe con azucar')
  expect(fold('Piña Ñandú PINGÜINO')).toBe('piña ñandu pinguino')
  expect(fold('pin\u0303a')).toBe('piña')
  expect(fold('Ají 🌶 1/4')).toBe('aji 🌶 1/4')
})

test('a name never breaks inside a measure, a fraction or a price', () => {
  expect(unbroken('Promo pollo + 1.5 L')).toBe('Promo pollo + 1.5\u00a0L')
  expect(unbroken('1/4 pollo')).toBe('1/4\u00a0pollo')
  expect(unbroken('Gaseosa 500 ml')).toBe('Gaseosa 500\u00a0ml')
  expect(unbroken('Lomo saltado')).toBe('Lomo saltado')
  expect(unbroken('Combo S/ 15')).toBe('Combo S/\u00a015')
})
