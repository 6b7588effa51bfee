import { expect, test } from 'vitest'
import type { Cell } from '../cells.ts'
import { type Field, fields } from '../mapping.ts'
import { readField } from './fields.ts'
import { figureOf, plainWriting } from './money.ts'
import { isAffectation, isUnit, isYesOrNo } from './words.ts'

const read = (field: Field, text: string, kind: Cell['kind'] = 'text') =>
  readField(field, { text, kind }, plainWriting)

test('the dots that led to a price are no part of a name', () => {
  expect(read('name', 'Lomo saltado ......').values).toEqual({ name: 'Lomo saltado' })
  expect(read('name', 'Lomo saltado · · ·').values).toEqual({ name: 'Lomo saltado · · ·' })
  expect(read('name', 'Und..').values).toEqual({ name: 'Und..' })
})

test('a cell of a thousand letters and more is refused in the words of its column', () => {
  const long = `a${'.'.repeat(1_000)}b`
  expect(read('name', long).problem).toBe('el nombre pasa de 120 letras. Acórtalo.')
  expect(read('category', long).problem).toBe('pasa de 60 letras. Acórtalo.')
  expect(read('barcode', long).problem).toBe('pasa de 32 letras. Acórtalo.')
  expect(read('price', long).problem).toBe('pasa de 1,000 letras. Acórtalo.')
  expect(read('name', `${' '.repeat(2_000)}Arroz`).values).toEqual({ name: 'Arroz' })
})

/** What patterns with two loops choke on. */
const tiring = ['.', ' .', '(inc', 's/ ', '1,', '-', '_', ' ', '1 000', 'sin cod', "'", '…'].map(
  (piece) => `a${piece.repeat(Math.ceil(32_000 / piece.length)).slice(0, 32_000)}b`,
)

test('thirty thousand of any sign take no time in any column', () => {
  const started = performance.now()
  for (const long of tiring) {
    for (const text of [long, long.slice(0, 990), long.slice(1, -1)]) {
      for (const field of fields) read(field, text)
      figureOf(text, plainWriting)
      for (const is of [isUnit, isAffectation, isYesOrNo]) is(text)
    }
  }
  expect(performance.now() - started).toBeLessThan(1_000)
})
