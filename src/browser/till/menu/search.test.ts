import { describe, expect, it } from 'vitest'
import type { Catalogue, CatalogueProduct } from '#src/till/catalogue.ts'
import { findByCode, makeIndex, search } from './search.ts'

function product(id: number, name: string, more: Partial<CatalogueProduct> = {}): CatalogueProduct {
  return {
    id,
    name,
    categoryId: 1,
    priceCentimos: 1000,
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
    ...more,
  }
}

const menu: Catalogue = {
  version: 'abcdef12-1',
  categories: [{ id: 1, name: 'Pollos' }],
  products: [
    product(1, 'Caldo de pollo'),
    product(2, '1/4 pollo', { code: 'Q4' }),
    product(3, 'Pollo entero'),
    product(4, 'Repollo'),
    product(5, 'Piña'),
    product(6, 'Pina'),
    product(7, 'Táper', { barcode: '7750182000123' }),
    product(8, 'Café pasado', { code: '7750182000123' }),
  ],
}
const index = makeIndex(menu)
const names = (text: string) => search(index, text).map((found) => found.name)

describe('what Beto finds when he types', () => {
  it('comes with the names that begin so first, then the words, then the rest, each in the order of the menu', () => {
    expect(names('pollo')).toEqual(['Pollo entero', 'Caldo de pollo', '1/4 pollo', 'Repollo'])
  })

  it('does not mind accents, and keeps ñ apart from n', () => {
    expect(names('taper')).toEqual(['Táper'])
    expect(names('CAFÉ')).toEqual(['Café pasado'])
    expect(names('piñ')).toEqual(['Piña'])
    expect(names('pin')).toEqual(['Pina'])
  })

  it('needs every word, in any order', () => {
    expect(names('pollo caldo')).toEqual(['Caldo de pollo'])
    expect(names('pollo frito')).toEqual([])
  })

  it('puts an exact code first', () => {
    expect(names('q4')).toEqual(['1/4 pollo'])
  })

  it('answers nothing for nothing, and never more than asked', () => {
    expect(names('   ')).toEqual([])
    expect(search(index, 'o', 2)).toHaveLength(2)
  })
})

describe('what Beto scans', () => {
  it('is found by barcode before any code of the shop', () => {
    expect(findByCode(index, '7750182000123')?.name).toBe('Táper')
  })

  it('is not found by half a code', () => {
    expect(findByCode(index, '775018200012')).toBeNull()
  })
})
