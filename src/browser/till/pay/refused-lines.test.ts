import { expect, test } from 'vitest'
import { addProduct, emptyOrder } from '#src/sales/order.ts'
import type { CatalogueProduct } from '#src/till/catalogue.ts'
import { makeRefusedLines } from './refused-lines.ts'

const lomo: CatalogueProduct = {
  id: 7,
  name: 'Lomo saltado',
  categoryId: 0,
  priceCentimos: 1800,
  stepThousandths: 1000,
  unit: 'unidad',
  affectation: '10',
  barcode: '',
  code: '',
  shortName: '',
  emoji: '',
  photoId: '',
  favouritePosition: null,
  isAvailable: true,
}
const order = addProduct(emptyOrder(1), lomo, 1000, () => 'clave')
const hidden = {
  problem: 'product-hidden',
  text: '',
  dueCentimos: null,
  lines: [{ productId: 7, name: 'Lomo saltado', unitPriceCentimos: 1800, previousCentimos: 1800 }],
}

test('a line that is no longer for sale stops the charge while it is there, and no longer', () => {
  const refused = makeRefusedLines({ product: () => null })
  expect(refused.find(order)).toBeNull()
  expect(refused.note(hidden)).toBe(true)
  expect(refused.find(order)?.name).toBe('Lomo saltado')
  expect(refused.find(emptyOrder(1))).toBeNull()
})

test('back on the menu it stops nothing', () => {
  let isSold = false
  const refused = makeRefusedLines({ product: () => (isSold ? lomo : null) })
  refused.note(hidden)
  isSold = true
  expect(refused.find(order)).toBeNull()
})

test('«Agotado» in this branch stops it too, until there is some again', () => {
  let isAvailable = false
  const refused = makeRefusedLines({ product: () => ({ ...lomo, isAvailable }) })
  expect(refused.note({ ...hidden, problem: 'product-unavailable' })).toBe(true)
  expect(refused.find(order)?.name).toBe('Lomo saltado')
  isAvailable = true
  expect(refused.find(order)).toBeNull()
})

test('a price that changed is a question, not a block', () => {
  const refused = makeRefusedLines({ product: () => null })
  expect(refused.note({ ...hidden, problem: 'price-changed' })).toBe(false)
  expect(refused.find(order)).toBeNull()
})
