import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExternalPayment, ExternalState } from '#src/billing/provider.ts'
import { decide, type OurPayment } from './decision.ts'

const theirs: ExternalPayment = {
  id: '111',
  reference: 'r',
  state: 'approved',
  amountCentimos: 6900,
  refundedCentimos: 0,
  currency: 'PEN',
  createdAt: null,
  subscriptionId: null,
}
const ours: OurPayment = { status: 'open', amountCentimos: 6900, currency: 'PEN', externalId: null }
const paid: OurPayment = { ...ours, status: 'confirmed', externalId: '111' }

describe('a payment of Mercado Pago against ours', () => {
  test('the right amount pays it, also late: after seven days or a refusal', () => {
    for (const status of ['open', 'declared', 'expired', 'refused'] as const) {
      expect(decide(theirs, { ...ours, status })).toEqual({ act: 'settle' })
    }
  })

  test.each([
    [{ amountCentimos: 100 }, 'wrong-amount'],
    [{ amountCentimos: 6901 }, 'wrong-amount'],
    [{ amountCentimos: null }, 'wrong-amount'],
    [{ currency: 'USD' }, 'wrong-currency'],
    [{ currency: null }, 'wrong-currency'],
    [{ refundedCentimos: 100 }, 'partly-refunded'],
  ])('%o is for the operator: %s', (change, problem) => {
    expect(decide({ ...theirs, ...change }, ours)).toEqual({ act: 'mismatch', problem })
  })

  test('money under a reference that is not ours is told; what was never paid is not', () => {
    expect(decide(theirs, null)).toEqual({ act: 'mismatch', problem: 'unknown-reference' })
    expect(decide({ ...theirs, state: 'rejected' }, null)).toEqual({ act: 'nothing' })
  })

  test('a card that did not pass leaves the checkout open', () => {
    expect(decide({ ...theirs, state: 'rejected' }, ours)).toEqual({ act: 'tell-rejected' })
    expect(decide({ ...theirs, state: 'cancelled' }, ours)).toEqual({ act: 'tell-rejected' })
    expect(decide({ ...theirs, id: '222', state: 'rejected' }, paid)).toEqual({ act: 'nothing' })
  })

  test('only the payment that paid takes its period back', () => {
    expect(decide({ ...theirs, state: 'refunded' }, paid)).toEqual({ act: 'reverse', kind: 'refunded' })
    expect(decide({ ...theirs, state: 'charged_back' }, paid)).toEqual({
      act: 'reverse',
      kind: 'charged_back',
    })
    expect(decide({ ...theirs, id: '222', state: 'refunded' }, paid)).toEqual({ act: 'remember-reversed' })
  })

  test('a second charge is a renewal under its subscription, and otherwise a second payment', () => {
    expect(decide({ ...theirs, id: '222', subscriptionId: 's' }, paid)).toEqual({ act: 'renew' })
    expect(decide({ ...theirs, id: '222' }, paid)).toEqual({ act: 'settle' })
  })

  test('a chargeback that we won is for a person to look at', () => {
    const lost: OurPayment = { ...paid, status: 'charged_back' }
    expect(decide({ ...theirs, state: 'reimbursed' }, lost)).toMatchObject({ problem: 'chargeback-won' })
    expect(decide({ ...theirs, state: 'reimbursed' }, paid)).toEqual({ act: 'nothing' })
  })
})

test('whatever is told once more changes nothing, and nothing but an approved payment ever pays', () => {
  const states: ExternalState[] = ['approved', 'waiting', 'rejected', 'cancelled', 'refunded', 'charged_back']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...states), { maxLength: 12 }), (told) => {
      let row = ours
      for (const state of told) {
        const before = row
        row = afterwards(row, state)
        expect(afterwards(row, state)).toEqual(row)
        if (row.status === 'confirmed' && before.status !== 'confirmed') expect(state).toBe('approved')
      }
    }),
  )
})

function afterwards(row: OurPayment, state: ExternalState): OurPayment {
  const decision = decide({ ...theirs, state }, row)
  if (decision.act === 'settle') return { ...row, status: 'confirmed', externalId: theirs.id }
  return decision.act === 'reverse' ? { ...row, status: decision.kind } : row
}
