import { expect, test } from 'vitest'
import { type NoticeFacts, noticeMail } from './mails.tsx'
import type { Notice } from './notice.ts'

const lima = (text: string) => new Date(`${text}-05:00`)
const rosa: NoticeFacts = {
  to: 'rosa@example.test',
  ownerName: 'Rosa',
  businessName: 'Pollería Rosita',
  built: { products: 64, sales: 412, soldCentimos: 987_050 },
  plan: { name: 'Puesto', priceMonthlyCentimos: 3900 },
  lastMidnight: null,
  paidUntil: null,
  appOrigin: 'https://app.smartket.test',
}
const keptUntil = lima('2027-12-02T00:00')
const all: Notice[] = [
  { kind: 'trial-3', about: '2026-12-07', daysLeft: 3 },
  { kind: 'trial-1', about: '2026-12-07', daysLeft: 1 },
  { kind: 'trial-0', about: '2026-12-07', daysLeft: 0 },
  { kind: 'late', about: '2026-11-23', until: lima('2026-11-30T00:00') },
  { kind: 'locked', about: '2026-11-30' },
  { kind: 'delete-60', about: '2026-11-30', keptUntil },
  { kind: 'delete-30', about: '2026-11-30', keptUntil },
  { kind: 'delete-7', about: '2026-11-30', keptUntil },
  { kind: 'trial-sales', about: 'ventas', salesLeft: 10 },
]

test.each(all)('$kind leads to the plans and speaks as our pages do', (notice) => {
  const mail = noticeMail(notice, { ...rosa, paidUntil: lima('2026-11-23T00:00') })
  expect(mail.text).toContain('https://app.smartket.test/plan\n')
  expect(mail.html).toContain('href="https://app.smartket.test/plan"')
  expect(mail.text).toMatch(/^Hola Rosa,\n/)
  expect(mail.text).not.toMatch(/undefined|null|NaN|usuario|suscripci/i)
  expect((mail.text.match(/!/g) ?? []).length).toBeLessThanOrEqual(1)
})

test('the days of a trial are said as on its chip, with the date', () => {
  const subjects = all.slice(0, 3).map((notice) => noticeMail(notice, rosa))
  expect(subjects.map(({ subject }) => subject)).toEqual([
    'Te quedan 3 días de prueba',
    'Te queda 1 día de prueba',
    'Hoy es tu último día de prueba',
  ])
  expect(subjects[0]?.text).toContain('Tu prueba termina el 7 de diciembre.')
  expect(subjects[0]?.text).toContain('Ya tienes 64 productos y 412 ventas por S/\u00a09,870.50.')
  expect(subjects[2]?.text).toContain('Tu prueba termina hoy.')
})

test('the last sales of a trial are said as on its chip, with the day that ends it all the same', () => {
  const mail = noticeMail(all[8]!, { ...rosa, lastMidnight: lima('2027-01-08T00:00') })
  expect(mail.subject).toBe('Te quedan 10 ventas de prueba')
  expect(mail.text).toContain('Tu prueba termina con esas ventas, como máximo el 7 ene.')
})

test('a plan is late until the day before its lock, and a trial is never called a plan', () => {
  const paidUntil = lima('2026-11-23T00:00')
  expect(noticeMail(all[3]!, { ...rosa, paidUntil }).text).toContain(
    'Tu plan venció el 22 nov. Puedes vender hasta el 29 nov.',
  )
  expect(noticeMail(all[4]!, { ...rosa, paidUntil }).subject).toBe('Tu plan venció el 22 nov')
  expect(noticeMail(all[4]!, rosa).text).toContain(
    'Tu prueba ha terminado. ¡Elige un plan para continuar donde lo dejaste!',
  )
})

test('before a deletion the last day on which everything is there is named', () => {
  for (const notice of all.slice(5, 8)) {
    const mail = noticeMail(notice, rosa)
    expect(mail.text).toContain('hasta el 1 de diciembre de 2027; después se borran')
    expect(mail.text).toContain('«Descargar todo»')
  }
})

test('a business that outgrew every plan, or an owner without a name, is written to all the same', () => {
  const mail = noticeMail(all[0]!, { ...rosa, plan: null, ownerName: '' })
  expect(mail.text).toMatch(/^Hola,\n/)
  expect(mail.text).toContain('si ninguno te queda, escríbenos.')
})

test('a name with markup is text in the mail', () => {
  const mail = noticeMail(all[5]!, { ...rosa, businessName: '<b>Rosita</b>' })
  expect(mail.html).not.toContain('<b>Rosita</b>')
  expect(mail.html).toContain('&lt;b&gt;Rosita')
})
