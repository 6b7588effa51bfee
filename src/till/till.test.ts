import { describe, expect, it } from 'vitest'
import { type Catalogue, catalogueVersion, fromDocument, toDocument } from './catalogue.ts'
import { isLongName, registerLetter } from './till.ts'

describe('the catalogue of the till', () => {
  const catalogue: Catalogue = {
    version: 'abcdef12-7',
    categories: [{ id: 2, name: 'Pollos' }],
    products: [
      {
        id: 3,
        name: '1/4 pollo <b>',
        categoryId: 2,
        priceCentimos: 1500,
        stepThousandths: 1000,
        unit: 'unidad',
        affectation: '10',
        barcode: '',
        code: 'Q4',
        shortName: '1/4',
        emoji: '🍗',
        photoId: '',
        favouritePosition: 0,
        isAvailable: true,
      },
    ],
  }

  it('reads what it wrote', () => {
    expect(fromDocument(JSON.parse(JSON.stringify(toDocument(catalogue, []))), 1)).toEqual(catalogue)
  })

  it('has an address that no other business shares', () => {
    expect(catalogueVersion('0b0e7a52-5c6b-4a5e-9c8e-2f8a35a4d001', 7)).toBe('0b0e7a52-7')
  })
})

describe("a tile's name", () => {
  it('is set smaller when two lines would not hold it', () => {
    expect(isLongName('Mostrito')).toBe(false)
    expect(isLongName('Parrilla mixta para cuatro')).toBe(true)
    expect(isLongName('Salchibrasas')).toBe(true)
  })
})

describe('the letter of a register', () => {
  it('is there only when the branch has several', () => {
    expect(registerLetter(0, 1)).toBe('')
    expect(registerLetter(0, 2)).toBe('A')
    expect(registerLetter(1, 2)).toBe('B')
  })
})
