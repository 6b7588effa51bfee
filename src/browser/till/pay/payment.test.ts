import { describe, expect, it } from 'vitest'
import type { Method } from '#src/sales/payment.ts'
import { startTender, tenderOf, viewPayment } from './payment.ts'

const cash = (receivedText: string) => viewPayment(4356, { ...startTender(), receivedText })
const wallet = (method: Method, operationNumber = '') =>
  viewPayment(4356, { ...startTender(), method, operationNumber })

describe('what Beto sees while he is being paid', () => {
  it('rounds only cash, down to ten céntimos', () => {
    expect(cash('')).toMatchObject({ dueCentimos: 4350, roundingCentimos: -6 })
    expect(wallet('yape')).toMatchObject({ dueCentimos: 4356, roundingCentimos: 0, changeCentimos: null })
  })

  it('charges exactly when nothing is typed', () => {
    expect(cash('')).toMatchObject({
      problem: null,
      changeCentimos: null,
      payments: [{ method: 'efectivo' }],
    })
  })

  it('tells the change of what is typed', () => {
    expect(cash('50')).toMatchObject({
      changeCentimos: 650,
      payments: [{ method: 'efectivo', receivedCentimos: 5000 }],
    })
    expect(cash('S/ 43,50').changeCentimos).toBe(0)
  })

  it('says what is missing, and then has nothing to send', () => {
    expect(cash('40')).toMatchObject({ problem: 'Faltan S/\u00a03.50.', changeCentimos: null, payments: [] })
  })

  it.each(['abc', '1e3', '-50', '50.505', '99999999999'])('does not take «%s» for an amount', (typed) => {
    const view = cash(typed)
    expect(view.problem).toMatch(/\.$/)
    expect(view.payments).toEqual([])
  })

  it('sends the operation number only when there is one', () => {
    expect(wallet('plin').payments).toEqual([{ method: 'plin' }])
    expect(wallet('yape', ' 00123456 ').payments).toEqual([{ method: 'yape', operationNumber: '00123456' }])
  })
})

it('shows a sale that is on its way as it was sent, after a reload too', () => {
  const body = (payment: object) => JSON.stringify({ requestKey: 'k', payments: [payment] })
  expect(tenderOf(body({ method: 'yape', operationNumber: '123' }))).toEqual({
    ...startTender(),
    method: 'yape',
    operationNumber: '123',
  })
  expect(tenderOf(body({ method: 'efectivo', receivedCentimos: 5000 })).receivedText).toBe('50.00')
  expect(tenderOf('{}')).toEqual(startTender())
})
