import { describe, expect, test } from 'vitest'
import { addBusinessDays, businessDaysLeft, holidayOn, isBusinessDay } from './business-days.ts'

describe('the days on which Peru rests', () => {
  test.each([
    [2024, '2024-03-28', '2024-03-29'],
    [2025, '2025-04-17', '2025-04-18'],
    [2026, '2026-04-02', '2026-04-03'],
    [2027, '2027-03-25', '2027-03-26'],
    [2038, '2038-04-22', '2038-04-23'],
  ])('Holy Week of %i moves', (_year, thursday, friday) => {
    expect(holidayOn(thursday)).toBe('Jueves Santo')
    expect(holidayOn(friday)).toBe('Viernes Santo')
  })

  test('a holiday made by a later law was no holiday before it', () => {
    expect(holidayOn('2022-07-23')).toBeNull()
    expect(holidayOn('2026-07-23')).toBe('Día de la Fuerza Aérea del Perú')
    expect(holidayOn('2021-12-09')).toBeNull()
    expect(holidayOn('2026-12-09')).toBe('Batalla de Ayacucho')
  })

  test('Saturday, Sunday and a holiday are no business days; the Monday between is one', () => {
    expect(['2026-11-28', '2026-11-29', '2026-12-08'].map(isBusinessDay)).toEqual([false, false, false])
    expect(isBusinessDay('2026-12-07')).toBe(true)
  })
})

describe('fifteen business days', () => {
  test.each([
    // 8 and 9 December rest
    ['2026-11-23', '2026-12-16'],
    // over Christmas and New Year
    ['2026-12-18', '2027-01-12'],
    // over Holy Week
    ['2026-03-30', '2026-04-22'],
    // on a Saturday: the first day is Monday
    ['2026-10-10', '2026-10-30'],
    // over Fiestas Patrias and Junín
    ['2026-07-17', '2026-08-13'],
  ])('what was received on %s is answered by %s', (received, last) => {
    expect(addBusinessDays(received, 15)).toBe(last)
    expect(businessDaysLeft(received, last)).toBe(15)
  })

  test('on the last day none is left, and after it they are counted down', () => {
    expect(businessDaysLeft('2026-12-15', '2026-12-16')).toBe(1)
    expect(businessDaysLeft('2026-12-16', '2026-12-16')).toBe(0)
    expect(businessDaysLeft('2026-12-17', '2026-12-16')).toBe(-1)
    expect(businessDaysLeft('2026-12-21', '2026-12-16')).toBe(-3)
  })

  test('on the Saturday after a Friday it is late, although no business day has passed', () => {
    expect(businessDaysLeft('2026-12-05', '2026-12-04')).toBe(-1)
  })
})
