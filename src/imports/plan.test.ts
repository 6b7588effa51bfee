import { describe, expect, test } from 'vitest'
import { guessMatchBy, type KnownProduct, type MatchBy, makePlan, type StockMode } from './plan.ts'
import type { ImportRow, ImportValues } from './rows.ts'

let ids = 0
const product = (given: Partial<KnownProduct>): KnownProduct => ({
  id: ++ids,
  name: 'Arroz',
  code: null,
  barcode: null,
  priceCentimos: 450,
  categoryName: null,
  costCentimos: null,
  unit: 'unidad',
  affectation: '10',
  presentation: null,
  favourite: false,
  available: true,
  stockThousandths: null,
  stepThousandths: 1000,
  active: true,
  forSale: true,
  fromMenu: false,
  isSold: false,
  comesBack: false,
  ...given,
})

let numbers = 1
const row = (values: ImportValues): ImportRow => ({
  number: ++numbers,
  values,
  shown: {},
  problems: [],
  notes: [],
})

const plan = (
  rows: ImportRow[],
  known: KnownProduct[],
  matchBy: MatchBy = 'name',
  stockMode: StockMode = 'set',
) => makePlan(rows, known, { matchBy, stockMode })
const reasons = (rows: ImportRow[]) => rows.flatMap(({ problems }) => problems.map(({ text }) => text))

describe('what a row is about', () => {
  test('the code, whatever the name says', () => {
    const rice = product({ code: 'ARR' })
    const { changed } = plan(
      [row({ name: 'Arroz superior', code: 'arr ', priceCentimos: 450 })],
      [rice],
      'code',
    )
    expect(changed).toMatchObject([{ product: { id: rice.id }, changes: { name: 'Arroz superior' } }])
  })
  test('the name in capitals and without accents is the same; with ñ it is not', () => {
    const known = [product({ name: 'Ají de gallina' }), product({ name: 'Piña' })]
    const { same, created } = plan(
      [row({ name: 'AJI  DE GALLINA', priceCentimos: 450 }), row({ name: 'Pina', priceCentimos: 450 })],
      known,
    )
    expect(same).toHaveLength(1)
    expect(created).toHaveLength(1)
  })
  test('a list with codes finds the products that were typed without one', () => {
    const rice = product({})
    const { changed } = plan([row({ name: 'arroz', code: 'ARR', priceCentimos: 450 })], [rice], 'code')
    expect(changed).toMatchObject([{ product: { id: rice.id }, changes: { code: 'ARR', name: 'arroz' } }])
  })
  test('two of one name are told apart by their code, or the owner is asked', () => {
    const [s, m] = [product({ name: 'Polo', code: 'S' }), product({ name: 'Polo', code: 'M' })]
    const told = plan([row({ name: 'Polo', code: 'M', priceCentimos: 500 })], [s, m])
    expect(told.changed).toMatchObject([{ product: { id: m.id } }])
    const not = plan([row({ name: 'Polo', priceCentimos: 500 })], [s, m])
    expect(reasons(not.refused)[0]).toContain('tienes 2 productos que se llaman «Polo»')
  })
  test('two rows about one product: the second is told of the first', () => {
    const rows = [row({ name: 'Arroz', priceCentimos: 1 }), row({ name: 'ARROZ', priceCentimos: 2 })]
    for (const known of [[], [product({})]]) {
      const { refused } = plan(rows, known)
      expect(reasons(refused)).toEqual([
        `Fila ${rows[1]!.number} repite «ARROZ» de la fila ${rows[0]!.number}.`,
      ])
    }
  })
  test('a name that another row takes away from its product is free for a new one', () => {
    const pineapple = product({ name: 'Piña', barcode: '7750182000123' })
    const file = [
      row({ name: 'Piña', priceCentimos: 300 }),
      row({ name: 'Arroz', barcode: '7750182000123', priceCentimos: 450 }),
    ]
    const { created, changed, refused } = plan(file, [pineapple], 'barcode')
    expect(refused).toEqual([])
    expect(created).toMatchObject([{ values: { name: 'Piña' } }])
    expect(changed).toMatchObject([{ product: { id: pineapple.id }, changes: { name: 'Arroz' } }])
  })
  test('codes decide before names, whichever row comes first', () => {
    const [rice, polo] = [product({ name: 'Arroz' }), product({ name: 'Arroz', barcode: '7759999999998' })]
    const file = [
      row({ name: 'Arroz', priceCentimos: 628 }),
      row({ name: 'Polo', barcode: '7759999999998', priceCentimos: 2804 }),
    ]
    const { changed, refused } = plan(file, [rice, polo], 'code')
    expect(refused).toEqual([])
    expect(changed.map(({ product: { id } }) => id)).toEqual([rice.id, polo.id])
  })
  test('a price list without names changes what it knows and says what it does not', () => {
    const { changed, refused } = plan(
      [row({ code: 'ARR', priceCentimos: 1 }), row({ code: 'NO', priceCentimos: 1 })],
      [product({ code: 'ARR' })],
      'code',
    )
    expect(changed).toHaveLength(1)
    expect(reasons(refused)[0]).toMatch(/falta el nombre/)
  })
  test('what is only counted is nobody’s row', () => {
    const { created } = plan(
      [row({ name: 'Pollo', priceCentimos: 1 })],
      [product({ name: 'Pollo', forSale: false })],
    )
    expect(created).toHaveLength(1)
  })
})

describe('codes', () => {
  test('one that belongs to another product is refused, and the product named', () => {
    const known = [product({ name: 'Inca Kola', barcode: '775' }), product({ name: 'Fanta' })]
    const { refused } = plan([row({ name: 'Fanta', barcode: '775', priceCentimos: 1 })], known)
    expect(reasons(refused)).toEqual([
      expect.stringContaining('el código de barras 775 ya es de «Inca Kola»'),
    ])
  })
  test('two products may change codes with each other', () => {
    const known = [product({ name: 'A', code: '1' }), product({ name: 'B', code: '2' })]
    const { changed, refused } = plan(
      [row({ name: 'A', code: '2', priceCentimos: 1 }), row({ name: 'B', code: '1', priceCentimos: 1 })],
      known,
    )
    expect(refused).toEqual([])
    expect(changed.map(({ changes }) => changes.code)).toEqual(['2', '1'])
  })
  test('a refused row gives nothing back: the next one is refused as well', () => {
    const known = [
      product({ name: 'A', code: '1' }),
      product({ name: 'B', code: '2' }),
      product({ name: 'C', code: '3' }),
    ]
    const { refused } = plan(
      [row({ name: 'A', code: '2', priceCentimos: 1 }), row({ name: 'B', code: '3', priceCentimos: 1 })],
      known,
    )
    expect(reasons(refused)).toHaveLength(2)
  })
  test('the guess: a column that is full and without repeats', () => {
    expect(guessMatchBy([row({ name: 'A', code: '1' }), row({ name: 'B', code: '2' })])).toBe('code')
    expect(
      guessMatchBy([row({ name: 'A', code: '1', barcode: '7' }), row({ name: 'B', barcode: '8' })]),
    ).toBe('barcode')
    expect(guessMatchBy([row({ name: 'A', code: '1' }), row({ name: 'B', code: '1' })])).toBe('name')
    expect(guessMatchBy([])).toBe('name')
  })
})

describe('what changes', () => {
  test('only what the file speaks of', () => {
    const rice = product({
      categoryName: 'Abarrotes',
      costCentimos: 300,
      favourite: true,
      stockThousandths: 5000,
    })
    expect(plan([row({ name: 'Arroz' })], [rice]).same).toHaveLength(1)
    const { changed } = plan(
      [row({ name: 'Arroz', category: null, costCentimos: null, favourite: false })],
      [rice],
    )
    expect(changed).toMatchObject([
      {
        changes: { category: null, costCentimos: null, favourite: false },
        before: { category: 'Abarrotes', costCentimos: 300, favourite: true },
      },
    ])
  })
  test('stock is set; it is added only when asked', () => {
    const rice = product({ stockThousandths: 5000 })
    const rows = [row({ name: 'Arroz', stockThousandths: 5000 })]
    expect(plan(rows, [rice]).same).toHaveLength(1)
    expect(plan(rows, [rice], 'name', 'add').changed).toMatchObject([
      { changes: { stockThousandths: 10_000 } },
    ])
    expect(plan([row({ name: 'Arroz', stockThousandths: 0 })], [product({})]).changed).toHaveLength(1)
  })
  test('half a piece of what is sold whole is refused', () => {
    const { refused } = plan([row({ name: 'Arroz', stockThousandths: 1500 })], [product({})])
    expect(reasons(refused)[0]).toContain('se vende entero')
    const kilos = plan([row({ name: 'Arroz', unit: 'kg', stockThousandths: 1500 })], [product({})])
    expect(kilos.changed).toHaveLength(1)
  })
  test('a hidden product stays hidden, unless it was an undo that hid it', () => {
    const rows = [row({ name: 'Arroz', priceCentimos: 450 })]
    expect(plan(rows, [product({ active: false })]).same).toHaveLength(1)
    expect(plan(rows, [product({ active: false, comesBack: true })]).changed).toMatchObject([
      { changes: { active: true } },
    ])
  })
  test('the summary counts every row once', () => {
    const known = [product({ name: 'A' }), product({ name: 'B' }), product({ name: 'C' })]
    const wrong = {
      ...row({ name: 'E' }),
      problems: [{ field: 'price' as const, cell: 'B9', text: 'B9: …' }],
    }
    const rows = [
      row({ name: 'A', priceCentimos: 1, category: 'X' }),
      row({ name: 'B', category: 'X' }),
      row({ name: 'C', priceCentimos: 450 }),
      row({ name: 'D', priceCentimos: 1 }),
      wrong,
    ]
    expect(plan(rows, known).summary).toEqual({
      created: 1,
      priceChanged: 1,
      otherChanged: 1,
      same: 1,
      refused: 1,
    })
  })
})
