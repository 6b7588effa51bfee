import { describe, expect, test } from 'vitest'
import { daysLeft, sizeText, stateOf } from './business.ts'
import { lastDayBefore, limaDayEnd } from './days.ts'
import { actName, detailText } from './history.ts'
import { listing, readSearch } from './search.ts'

/** Monday 23 November, 10:00 in Lima. */
const now = new Date('2026-11-23T15:00:00Z')
const midnight = (day: string) => new Date(`${day}T05:00:00Z`)

describe('states, in words', () => {
  test.each([
    [{ kind: 'trial', left: { kind: 'days', daysLeft: 4 } }, 'prueba', '4 días'],
    [{ kind: 'trial', left: { kind: 'days', daysLeft: 3 } }, 'ultimos-dias', '3 días'],
    [{ kind: 'trial', left: { kind: 'days', daysLeft: 0 } }, 'ultimos-dias', 'último día'],
    [{ kind: 'trial', left: { kind: 'days', daysLeft: 0, salesLeft: 100 } }, 'prueba', '100 ventas'],
    [{ kind: 'trial', left: { kind: 'sales', salesLeft: 12 } }, 'prueba', '12 ventas'],
    [{ kind: 'trial', left: { kind: 'sales', salesLeft: 10 } }, 'ultimos-dias', '10 ventas'],
    [{ kind: 'trial-over', since: midnight('2026-11-20') }, 'prueba-terminada', 'hace 3 días'],
    [{ kind: 'paid', until: midnight('2026-12-24') }, 'al-dia', '30 días'],
    [{ kind: 'paid', until: midnight('2026-11-24') }, 'al-dia', 'último día'],
    [{ kind: 'provisional', until: new Date('2026-11-25T14:00:00Z') }, 'por-confirmar', '2 días'],
    [{ kind: 'late', since: midnight('2026-11-22'), until: midnight('2026-11-29') }, 'vencido', '5 días'],
    [{ kind: 'locked', since: midnight('2026-11-23') }, 'bloqueado', 'desde hoy'],
    [{ kind: 'suspended', since: midnight('2026-11-22') }, 'en-pausa', 'hace 1 día'],
    [
      { kind: 'closed', since: midnight('2026-11-22'), deleteAt: midnight('2026-12-22') },
      'cerrado',
      'se borra en 29 días',
    ],
    [null, 'borrado', ''],
  ] as const)('%j is %s, %s', (account, state, text) => {
    expect(stateOf({ account, trialEnd: null }, now)).toBe(state)
    expect(daysLeft(account, now).text).toBe(text)
  })

  test('sizes', () => {
    expect([0, 1023, 1536, 41_943_040].map(sizeText)).toEqual(
      ['0 B', '1023 B', '1.5 KB', '40 MB'].map(unbroken),
    )
  })
  const unbroken = (text: string) => text.replace(' ', '\u00a0')
})

describe('the address of the table', () => {
  test('goes round', () => {
    const query = 'q=rosa&estado=vencido&rubro=polleria&plan=LOCAL&orden=-ventas&pagina=3'
    expect(listing(readSearch(Object.fromEntries(new URLSearchParams(query))))).toBe(query)
    expect(listing(readSearch({}))).toBe('')
  })

  test('what makes no sense is as if it were not there', () => {
    const typed = { estado: 'x', rubro: '1', plan: "';--", orden: 'password', pagina: '-1' }
    expect(listing(readSearch(typed))).toBe('')
  })
})

describe('days as a form types them', () => {
  test('a day ends with its midnight in Lima, and is found again from it', () => {
    expect(limaDayEnd('2026-12-31')).toEqual(midnight('2027-01-01'))
    expect(lastDayBefore(midnight('2027-01-01'))).toBe('2026-12-31')
  })

  test.each(['', '31/12/2026', '2026-02-30', '2026-13-01', '20261231'])('%s is no day', (text) => {
    expect(limaDayEnd(text)).toBeNull()
  })
})

test('the history says what changed', () => {
  const plan = {
    act: 'tenant.plan',
    detail: { before: { plan: 'PUESTO' }, after: { plan: 'LOCAL', paidUntil: '2026-12-24T05:00:00.000Z' } },
  }
  expect(`${actName(plan.act)}: ${detailText(plan)}`).toBe('Cambio de plan: PUESTO → LOCAL hasta el 23 dic')
  const days = { act: 'tenant.extended', detail: { days: 7, until: '2026-12-12T05:00:00.000Z' } }
  expect(detailText(days)).toBe('7 días, hasta el 11 dic')
  expect(detailText({ act: 'tenant.plan', detail: null })).toBe('')
})
