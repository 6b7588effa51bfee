import { expect, test } from 'vitest'
import { decisionMail, declaredMail } from './mails.tsx'
import type { PaymentRow } from './queries.ts'

const now = new Date('2026-11-23T20:00:00-05:00')
const payment = {
  planName: 'Local',
  reference: '0b8f1c1e-4f5b-4e0d-9a77-0d5a5f6b2c11',
  amountCentimos: 6900,
  operationNumber: '00123456',
  document: 'factura',
  status: 'declared',
  reason: null,
  coversUntil: null,
} as PaymentRow
const to = { to: 'rosa@example.com', appOrigin: 'https://app.smartket.pe', now }
const textOf = (more: Partial<PaymentRow>) =>
  decisionMail({ ...payment, ...more }, to)?.text.replaceAll('\u00a0', ' ')

test('Rosa is told that her payment was confirmed, up to when, and where the receipt is', () => {
  const text = textOf({ status: 'confirmed', coversUntil: new Date('2026-12-24T00:00:00-05:00') })
  expect(text).toContain('Confirmamos tu pago de S/ 69.00. Tienes Local hasta el 23 dic.')
  expect(text).toContain('Tu factura te llega aparte.')
  expect(text).toContain(`https://app.smartket.pe/plan/recibos/${payment.reference}`)
})

test('a refusal says which number, why, and that nothing is lost', () => {
  const text = textOf({ status: 'refused', reason: 'El monto es de S/ 6.90.' })
  expect(text).toContain(
    'No encontramos tu pago 00123456. Revisa el número o escríbenos; tus datos siguen aquí.',
  )
  expect(text).toContain('El monto es de S/ 6.90.')
})

test.each(['refunded', 'charged_back'] as const)('money that went back (%s) is told', (status) => {
  expect(textOf({ status })).toContain('fue devuelto')
})

test.each(['open', 'declared', 'expired'] as const)('nothing is mailed while it is %s', (status) => {
  expect(textOf({ status })).toBeUndefined()
})

test.each([
  [{ kind: 'provisional', until: now }, 'Su caja funciona 48 horas desde su aviso mientras lo confirmas.'],
  [{ kind: 'locked', since: now }, 'Su caja está cerrada hasta que lo confirmes: ya usó sus 48 horas.'],
  [{ kind: 'paid', until: now }, 'Su caja sigue abierta mientras lo confirmas.'],
] as const)('the operator reads whether she sells meanwhile: %j', (account, sentence) => {
  const origin = 'https://operador.smartket.pe'
  const mail = declaredMail(payment, {
    businessName: 'Pollería Rosita',
    account,
    to: 'olga@example.com',
    origin,
  })
  expect(mail.text).toContain(sentence)
})
