import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatDay,
  formatLongDate,
  formatMoment,
  formatPaperDate,
  formatScreenDate,
  formatShortDay,
  limaDate,
  limaDayBounds,
  limaDaysBetween,
} from './lima.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)

test('a sale at eleven at night belongs to that day, although it is tomorrow in UTC', () => {
  expect(limaDate(at('2026-11-23T23:30:00'))).toBe('2026-11-23')
  expect(limaDate(at('2026-11-24T00:00:00'))).toBe('2026-11-24')
  expect(limaDate(at('2026-12-31T23:59:59.999'))).toBe('2026-12-31')
})

test.each([
  ['2026-11-23T20:15:00', 'lun 23 nov, 8:15 p. m.', '23/11/2026 20:15'],
  ['2026-11-22T00:05:00', 'dom 22 nov, 12:05 a. m.', '22/11/2026 00:05'],
  ['2026-09-02T12:00:59', 'mié 2 set, 12:00 p. m.', '02/09/2026 12:00'],
  ['2027-01-01T11:59:00', 'vie 1 ene, 11:59 a. m.', '01/01/2027 11:59'],
])('%s in Lima on the screen and on paper', (lima, screen, paper) => {
  expect(formatScreenDate(at(lima))).toBe(screen)
  expect(formatPaperDate(at(lima))).toBe(paper)
  expect(screen).toContain(` ${formatShortDay(at(lima))}, `)
})

test('a day is called as one says it, and an hour needs its day only when it is not today', () => {
  const now = at('2026-11-24T00:30:00')
  expect(formatDay(at('2026-11-24T00:10:00'), now)).toBe('Hoy')
  expect(formatDay(at('2026-11-23T23:50:00'), now)).toBe('Ayer')
  expect(formatDay(at('2026-11-22T12:00:00'), now)).toBe('dom 22 nov')
  expect(formatDay(at('2025-12-31T12:00:00'), now)).toBe('mié 31 dic 2025')
  expect(formatMoment(at('2026-11-24T00:10:00'), now)).toBe('12:10 a. m.')
  expect(formatMoment(at('2026-11-22T22:06:00'), now)).toBe('dom 22 nov, 10:06 p. m.')
})

test('the last day of a rate in words', () => {
  expect(formatLongDate('2026-12-31')).toBe('31 de diciembre de 2026')
})

test('a day in Lima begins at five in the morning UTC and holds all its instants', () => {
  expect(limaDayBounds(at('2026-11-23T20:15:00'))).toEqual({
    from: new Date('2026-11-23T05:00:00Z'),
    to: new Date('2026-11-24T05:00:00Z'),
  })
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      (instant) => {
        const { from, to } = limaDayBounds(instant)
        expect(from <= instant && instant < to).toBe(true)
        expect([limaDate(from), limaDate(new Date(to.getTime() - 1))]).toEqual([
          limaDate(instant),
          limaDate(instant),
        ])
      },
    ),
  )
})

test('it agrees with the time zone that the browser knows', () => {
  const known = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Lima' })
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (instant) => {
        expect(limaDate(instant)).toBe(known.format(instant))
      },
    ),
  )
})

test('midnights between two instants', () => {
  expect(limaDaysBetween(at('2026-11-23T23:59:00'), at('2026-11-24T00:01:00'))).toBe(1)
  expect(limaDaysBetween(at('2026-11-23T00:00:00'), at('2026-11-23T23:59:00'))).toBe(0)
  expect(limaDaysBetween(at('2026-12-25T20:00:00'), at('2027-01-01T01:00:00'))).toBe(7)
})
