import { describe, expect, test } from 'vitest'
import type { AccountState } from './account.ts'
import type { PaymentNews } from './payments/news.ts'
import { accountChip, accountStrip, firstPlan } from './strip.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)
const puesto = { name: 'Puesto', priceMonthlyCentimos: 3900 }
const onTrial = (daysLeft: number): AccountState => ({ kind: 'trial', left: { kind: 'days', daysLeft } })
const late: AccountState = {
  kind: 'late',
  since: at('2026-11-23T00:00:00'),
  until: at('2026-11-30T00:00:00'),
}
const rosa = {
  role: 'dueno',
  plan: puesto,
  isHidden: false,
  lastMidnight: at('2027-01-08T00:00:00') as Date | null,
}
const nothing = { news: null as PaymentNews | null }
type Change = Partial<typeof rosa & typeof nothing>
const said = (state: AccountState, change: Change = {}, now = at('2026-12-20T12:00:00')) => {
  const strip = accountStrip(state, { ...rosa, ...nothing, ...change }, now)
  return strip && { ...strip, text: strip.text.replaceAll('\u00a0', ' ') }
}

describe('the strip of the last days', () => {
  test('comes on the third day before the end, with the price and two ways', () => {
    expect(said(onTrial(4))).toBeNull()
    expect(said(onTrial(3))).toEqual({
      tone: 'info',
      text: 'Te quedan 3 días de prueba. Sigue con Puesto desde S/ 39 al mes.',
      ways: ['choose', 'not-now'],
    })
    expect(said(onTrial(0))?.text).toBe(
      'Hoy es tu último día de prueba. Sigue con Puesto desde S/ 39 al mes.',
    )
  })

  test('stays away for the day after «Ahora no»', () => {
    expect(said(onTrial(2), { isHidden: true })).toBeNull()
    expect(said(late, { isHidden: true })).not.toBeNull()
  })

  test('stays away while sales go on, and comes with the last ten of them or the last three days', () => {
    const goesOn: AccountState = { kind: 'trial', left: { kind: 'days', daysLeft: 0, salesLeft: 100 } }
    expect(said(goesOn)).toBeNull()
    expect(accountChip(goesOn)).toBe('Te quedan 100 ventas de prueba')
    const bySales = (salesLeft: number): AccountState => ({
      kind: 'trial',
      left: { kind: 'sales', salesLeft },
    })
    expect(said(bySales(11))).toBeNull()
    expect(said(bySales(10))?.text).toBe(
      'Te quedan 10 ventas de prueba, hasta el 7 ene. Sigue con Puesto desde S/ 39 al mes.',
    )
    expect(said(bySales(10), { lastMidnight: null })?.text).toMatch(/^Te quedan 10 ventas de prueba\. Sigue/)
    expect(said(bySales(80), {}, at('2027-01-05T12:00:00'))?.text).toMatch(
      /^Te quedan 80 ventas de prueba, hasta el 7 ene\. /,
    )
    expect(said(bySales(80), {}, at('2027-01-07T12:00:00'))?.text).toMatch(
      /^Hoy es tu último día de prueba\. /,
    )
  })

  test('an encargado is told and may put it off, but the plan is the owner’s', () => {
    expect(said(onTrial(3), { role: 'encargado' })?.ways).toEqual(['not-now'])
    expect(said(late, { role: 'encargado' })?.ways).toEqual([])
  })

  test.each(['cajera', 'mozo', 'contador'])('a %s never sees it', (role) => {
    for (const state of [onTrial(1), late]) expect(said(state, { role })).toBeNull()
  })

  test('names no price while nothing is sold', () => {
    const none = accountStrip(onTrial(3), { ...rosa, ...nothing, plan: null }, at('2026-12-20T12:00:00'))
    expect(none?.text).toBe('Te quedan 3 días de prueba.')
    expect(firstPlan([])).toBeNull()
    expect(firstPlan([{ name: 'Local', priceMonthlyCentimos: 6900 }, puesto])).toEqual(puesto)
  })
})

describe('a payment that is on its way', () => {
  const declared = {
    status: 'declared',
    reference: 'r-1',
    amountCentimos: 6900,
    operationNumber: '1111',
  } as const
  const locked: AccountState = { kind: 'locked', since: at('2026-11-30T00:00:00') }

  test('nobody who has said that she paid is asked to pay', () => {
    for (const state of [late, locked])
      expect(said(state, { news: declared })).toEqual({
        tone: 'amber',
        text: 'Recibimos tu aviso de S/ 69.00; lo estamos confirmando, no necesitas pagar otra vez.',
        ways: ['write'],
      })
    expect(said(onTrial(2), { news: declared })).toBeNull()
  })

  test('one that was not found is told wherever she is, with the way to put it right', () => {
    for (const state of [late, locked, onTrial(9)])
      expect(said(state, { news: { ...declared, status: 'refused' } })).toEqual({
        tone: 'amber',
        text: 'No encontramos tu pago 1111. Revisa el número o escríbenos; tus datos siguen aquí.',
        ways: ['review', 'write'],
        reference: 'r-1',
      })
  })
})

test('late says the last days, not the midnights after them', () => {
  expect(said(late)).toEqual({
    tone: 'amber',
    text: 'Tu plan venció el 22 nov. Puedes vender hasta el 29 nov.',
    ways: ['pay'],
  })
})

test('in pause and closed: what to do, and everything can be downloaded', () => {
  expect(said({ kind: 'suspended', since: at('2026-11-23T10:00:00') })).toMatchObject({
    text: 'Tu cuenta está en pausa. Escríbenos para activarla.',
    ways: ['write', 'export'],
  })
  const closed: AccountState = {
    kind: 'closed',
    since: at('2026-11-23T10:00:00'),
    deleteAt: at('2026-12-23T10:00:00'),
  }
  expect(said(closed)).toMatchObject({
    text: 'Cerraste tu cuenta el 23 nov. Puedes volver hasta el 23 dic.',
    ways: ['resume', 'export'],
  })
})

test('the chip is short and never a price; paid there is none', () => {
  expect(accountChip(onTrial(13))).toBe('Te quedan 13 días de prueba')
  expect(accountChip({ kind: 'trial', left: { kind: 'sales', salesLeft: 1 } })).toBe(
    'Te queda 1 venta de prueba',
  )
  expect(accountChip({ kind: 'trial-over', since: new Date() })).toBe('Tu prueba ha terminado')
  expect(accountChip(late)).toBe('Puedes vender hasta el 29 nov')
  expect(accountChip({ kind: 'paid', until: new Date() })).toBeNull()
  expect(accountChip({ kind: 'provisional', until: new Date() })).toBeNull()
})
