import { expect, test } from 'vitest'
import { tidy } from './product.ts'

test.each([
  ['  Lomo \t saltado\u00a0 ', 'Lomo saltado'],
  ['Bebidas\u200b', 'Bebidas'],
  ['\ufeffQ1', 'Q1'],
  ['Be\u00adbi\u2060das\u202e', 'Bebidas'],
  ['Bebidas\u200d', 'Bebidas'],
  ['\u200b \u200d', ''],
])('%j is %j: what nobody sees is no part of a name', (typed, kept) => {
  expect(tidy(typed)).toBe(kept)
})

test.each(['Menú del chef 👨‍🍳', '👩🏽‍🍳', 'Combo ❤️‍🔥', '1/4 pollo 🍗'])('%s stays as it is', (name) => {
  expect(tidy(name)).toBe(name)
})
