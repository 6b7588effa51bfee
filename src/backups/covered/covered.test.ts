import { describe, expect, test } from 'vitest'
import { coverOf, isUncovered, type LastCopy, newestSafe } from '#src/backups/covered/covered.ts'
import { coverText } from '#src/backups/covered/texts.ts'

/** Monday 23 November, 9:00 in Lima. */
const now = new Date('2026-11-23T14:00:00Z')
const hours = (n: number) => new Date(now.getTime() - n * 3_600_000)
const copy = (takenAt: string, change: Partial<LastCopy> = {}): LastCopy => ({
  takenAt: new Date(takenAt),
  isVerified: true,
  salesMade: 1482,
  salesCentimos: 3_821_040,
  ...change,
})
const read = (last: LastCopy | null, signedUpAt = hours(24 * 30)) =>
  coverText(coverOf(last, signedUpAt, now), now).replaceAll('\u00a0', ' ')

describe('what Rosa reads', () => {
  test("this night's copy, to the letter", () => {
    expect(read(copy('2026-11-23T08:12:00Z'))).toBe(
      'Copia verificada hoy 03:12 · 1,482 ventas · S/ 38,210.40',
    )
  })

  test('one sale is one sale, and yesterday is yesterday', () => {
    const one = copy('2026-11-22T20:12:00Z', { salesMade: 1, salesCentimos: 1500 })
    expect(read(one)).toBe('Copia verificada ayer 15:12 · 1 venta · S/ 15.00')
  })

  test('on her first day nothing is wrong', () => {
    expect(read(null, hours(2))).toBe('Tu primera copia se hace esta noche.')
    expect(read(null, hours(36))).toBe('Tu primera copia se hace esta noche.')
  })

  test('between the copy and its verification', () => {
    expect(read(copy('2026-11-23T08:12:00Z', { isVerified: false }), hours(20))).toBe(
      'Tu primera copia ya está hecha. Falta verificarla.',
    )
  })

  test('after 36 hours she is told since when', () => {
    expect(read(copy('2026-11-22T02:00:00.001Z'))).toMatch(/^Copia verificada/)
    expect(read(copy('2026-11-22T01:59:00Z'))).toBe(
      'Lo que hiciste desde el sáb 21 nov a las 20:59 todavía no está en una copia verificada. Nuestro equipo ya tiene el aviso.',
    )
    expect(read(null, hours(36.1))).toBe(
      'Tu negocio todavía no tiene una copia verificada. Nuestro equipo ya tiene el aviso.',
    )
  })

  test('a copy that nobody verified protects nobody', () => {
    expect(read(copy('2026-11-23T08:12:00Z', { isVerified: false }))).toMatch(/^Tu negocio todavía no tiene/)
  })
})

test('the very 36th hour is not too long yet', () => {
  expect(isUncovered(hours(36), hours(100), now)).toBe(false)
  expect(isUncovered(hours(36.01), hours(100), now)).toBe(true)
  expect(isUncovered(null, hours(36), now)).toBe(false)
})

describe('until when a business is safe', () => {
  const row = (hoursAgo: number, isVerified: boolean, contentHash: string | null) => ({
    takenAt: hours(hoursAgo),
    verifiedAt: isVerified ? now : null,
    contentHash,
  })
  test('until its newest verified copy', () => {
    expect(newestSafe([row(50, true, 'a'), row(26, true, 'b'), row(2, false, 'c')])).toEqual(hours(26))
  })
  test('or until a later one that holds the same', () => {
    expect(newestSafe([row(26, true, 'a'), row(2, false, 'a')])).toEqual(hours(2))
    expect(newestSafe([row(26, true, null), row(2, false, null)])).toEqual(hours(26))
  })
  test('never by copies that nobody verified', () => {
    expect(newestSafe([row(2, false, 'a')])).toBeNull()
    expect(newestSafe([])).toBeNull()
  })
})
