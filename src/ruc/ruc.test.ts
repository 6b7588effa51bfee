import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit, normalizeRuc, rucProblem } from './ruc.ts'
import { rucProblemText } from './texts.ts'

/** A RUC that passes: one of the five beginnings, eight digits, and the digit that belongs to them. */
const validRuc = fc
  .tuple(fc.constantFrom('10', '15', '16', '17', '20'), fc.integer({ min: 0, max: 99_999_999 }))
  .map(([prefix, n]) => prefix + String(n).padStart(8, '0'))
  .map((firstTen) => firstTen + checkDigit(firstTen))

describe('a RUC', () => {
  test.each([
    ['SUNAT', '20131312955'],
    ['MEF', '20131370645'],
    ['BCP', '20100047218'],
    ['Supermercados Peruanos', '20100070970'],
    ['Interbank', '20100053455'],
    ['Backus', '20100113610'],
    ['InRetail Pharma', '20331066703'],
    ['San Fernando', '20100154308'],
    ['a digit 1 by the 11→1 case', '20516020301'],
    ['a digit 0 by the 10→0 case', '20399253030'],
    ["SUNAT's own test RUC", '20000000001'],
    ['suspended', '20100174759'],
    ['written off', '20107963261'],
  ])('of %s passes', (_of, ruc) => {
    expect(rucProblem(ruc)).toBeNull()
  })

  test('the usual placeholders are wrong, and by which digit', () => {
    expect(rucProblem('20123456789')).toBe('check-digit')
    expect(checkDigit('2012345678')).toBe(6)
    expect(rucProblem('10123456789')).toBe('check-digit')
    expect(checkDigit('1012345678')).toBe(1)
  })

  test.each([
    ['', 'length'],
    ['2013131295', 'length'],
    ['201313129550', 'length'],
    ['10', 'length'],
    ['30131312955', 'prefix'],
    ['11111111111', 'prefix'],
    ['00000000000', 'prefix'],
    ['20131312956', 'check-digit'],
    ['2013131295A', 'not-digits'],
    ['RUC', 'not-digits'],
    ['２０１３１３１２９５５', 'not-digits'],
    ['<script>', 'not-digits'],
  ] as const)('%j is wrong: %s', (typed, problem) => {
    expect(rucProblem(typed)).toBe(problem)
  })

  test('pasted with spaces, hyphens or invisible signs it is still the same RUC', () => {
    for (const typed of [
      ' 20131312955 ',
      '20-13131295-5',
      '20 131 312 955',
      '20131312955\u200b',
      '20–13131295–5\n',
    ])
      expect([normalizeRuc(typed), rucProblem(typed)]).toEqual(['20131312955', null])
  })

  test('nine of ten numbers that begin rightly are refused', () => {
    const ok = Array.from({ length: 10 }, (_, last) => rucProblem(`2013131295${last}`)).filter(
      (p) => p === null,
    )
    expect(ok).toHaveLength(1)
  })

  /**
   * A wrong digit changes the sum by weight × difference, which is never a multiple of 11. It can only pass
   * where two remainders share their check digit: 0 (11 → 1) and 10 (1).
   */
  test('a single wrong digit is caught, unless the two sums are those that share a check digit', () => {
    fc.assert(
      fc.property(
        validRuc,
        fc.integer({ min: 2, max: 10 }),
        fc.integer({ min: 1, max: 9 }),
        (ruc, at, by) => {
          const wrong = ruc.slice(0, at) + ((Number(ruc[at]) + by) % 10) + ruc.slice(at + 1)
          expect(rucProblem(wrong) === null).toBe(sharesCheckDigit(ruc, wrong))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('such a pair exists: that is how SUNAT defined the digit', () => {
    const found = fc.sample(validRuc, { numRuns: 3000, seed: 1 }).some((ruc) =>
      [2, 3, 4, 5, 6, 7, 8, 9].some((at) =>
        [1, 2, 3, 4, 5, 6, 7, 8, 9].some((by) => {
          const wrong = ruc.slice(0, at) + ((Number(ruc[at]) + by) % 10) + ruc.slice(at + 1)
          return rucProblem(wrong) === null
        }),
      ),
    )
    expect(found).toBe(true)
  })
})

const remainder = (ruc: string) =>
  [5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce((sum, weight, i) => sum + weight * Number(ruc[i]), 0) % 11

/** Every other remainder has a digit of its own. */
function sharesCheckDigit(ruc: string, wrong: string): boolean {
  return ruc[10] === wrong[10] && [remainder(ruc), remainder(wrong)].sort((a, b) => a - b).join() === '0,10'
}

describe('the sentence under the field', () => {
  test('says how many were typed, the spaces left out', () => {
    expect(rucProblemText('length', '20 1313 1295')).toBe('El RUC tiene 11 números; escribiste 10.')
    expect(rucProblemText('length', '')).toBe('Escribe los 11 números de tu RUC.')
  })

  test('says what to do', () => {
    expect(rucProblemText('prefix', '30131312955')).toBe('Debe empezar con 10, 15, 16, 17 o 20.')
    expect(rucProblemText('check-digit', '20131312956')).toBe('Ese RUC no es válido: revisa los números.')
    expect(rucProblemText('not-digits', '2013131295A')).toBe('El RUC tiene solo números: quita las letras.')
  })
})
