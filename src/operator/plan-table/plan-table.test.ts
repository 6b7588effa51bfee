import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AdminDb } from '#src/db/admin.ts'
import { auditLog, plans } from '#src/db/admin-schema.ts'
import { ownDatabases } from '../../../tests/support/database.ts'
import { testServices } from '../../../tests/support/http.ts'
import { operatorApp } from '../../../tests/support/operator.ts'
import { stamp, valuesOf } from './plan.ts'

const now = new Date('2026-11-23T15:00:00Z')
let own: Awaited<ReturnType<typeof ownDatabases>>
let admin: AdminDb
let asOlga: Awaited<ReturnType<typeof operatorApp>>
let untouched: (typeof plans.$inferSelect)[]

beforeAll(async () => {
  own = await ownDatabases()
  admin = own.databases.admin
  asOlga = await operatorApp(testServices(own.databases, { clock: () => now }))
  untouched = await admin.select().from(plans)
}, 60_000)
afterAll(() => own.stop())

beforeEach(async () => {
  for (const plan of untouched) await admin.update(plans).set(plan).where(eq(plans.code, plan.code))
  await admin.delete(auditLog)
})

const row = async (code: string) => {
  const [plan] = await admin.select().from(plans).where(eq(plans.code, code))
  if (!plan) throw new Error(code)
  return plan
}
const before = async (code: string) => stamp(valuesOf(await row(code)))

const puesto = {
  mensual: 'S/ 45',
  anual: '450.00',
  locales: '1',
  cajas: '1',
  personas: '4',
  productos: '1,000',
  ofrecido: 'on',
  motivo: 'Subió el costo',
}
const trial = { dias: '21', ventas: '150', regla: 'first', maximo: '', motivo: 'Campaña' }

test('the plans, with what they cost and who has them', async () => {
  const page = (await (await asOlga('/planes')).text()).replaceAll('\u00a0', ' ')
  expect(page).toMatch(
    /Puesto.*S\/ 39.00 al mes · S\/ 390.00 al año.*1 local, 1 caja, 3 personas, 500 productos/s,
  )
  expect(page).toMatch(/Prueba de pollería.*14 días o 100 ventas, lo que dure más.*Hasta 45 días/s)
})

test('a price is changed with the code, once, and told in the log', async () => {
  const form = { ...puesto, antes: await before('PUESTO') }
  const asked = await asOlga('/planes/PUESTO', { form })
  expect(await asked.text()).toContain('Cambiar Puesto')
  expect((await row('PUESTO')).priceMonthlyCentimos).toBe(3900)
  const right = { ...form, codigo: await asOlga.olga.code() }
  expect((await asOlga('/planes/PUESTO', { form: right })).status).toBe(303)
  expect((await asOlga('/planes/PUESTO', { form: right })).status).toBe(303)
  expect(await row('PUESTO')).toMatchObject({
    priceMonthlyCentimos: 4500,
    priceYearlyCentimos: 45_000,
    staff: 4,
    products: 1000,
    retiredAt: null,
  })
  const lines = await admin.select().from(auditLog).where(eq(auditLog.act, 'plan.edited'))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ reason: 'Subió el costo', operatorId: asOlga.olga.id })
})

test('retired and offered again; the last one that is sold stays', async () => {
  const { ofrecido: _, ...retired } = puesto
  const send = async (code: string, fields: Record<string, string>) =>
    asOlga(`/planes/${code}`, {
      form: { ...fields, antes: await before(code), codigo: await asOlga.olga.code() },
    })
  await send('PUESTO', retired)
  expect((await row('PUESTO')).retiredAt).toEqual(now)
  expect(await (await asOlga('/planes')).text()).toContain('Retirado')
  expect(await (await asOlga.app.landing('/precios')).text()).not.toContain('Puesto')
  await send('LOCAL', retired)
  const last = await send('CADENA', retired)
  expect(last.status).toBe(422)
  expect(await last.text()).toContain('Es el único plan que se ofrece')
  await send('PUESTO', puesto)
  expect((await row('PUESTO')).retiredAt).toBeNull()
})

test("a trial's days, sales and rule", async () => {
  const form = { ...trial, antes: await before('TRIAL_POLLERIA'), codigo: await asOlga.olga.code() }
  expect((await asOlga('/planes/TRIAL_POLLERIA', { form })).status).toBe(303)
  expect(await row('TRIAL_POLLERIA')).toMatchObject({
    trialDays: 21,
    trialSales: 150,
    trialRule: 'first',
    trialMaxDays: null,
  })
})

test.each([
  ['PUESTO', { ...puesto, mensual: 'gratis' }, 'Escribe un precio'],
  ['PUESTO', { ...puesto, mensual: '0' }, 'El precio no puede ser cero.'],
  ['PUESTO', { ...puesto, anual: '-1' }, 'El precio no puede ser negativo.'],
  ['PUESTO', { ...puesto, personas: '0' }, 'Escribe un número desde 1'],
  ['PUESTO', { ...puesto, motivo: '' }, 'Escribe el motivo'],
  ['PUESTO', { ...puesto, antes: 'otro' }, 'Alguien cambió este plan'],
  ['TRIAL_POLLERIA', { ...trial, dias: '0' }, 'Escribe de 1 a 365 días.'],
  ['TRIAL_POLLERIA', { ...trial, ventas: '1e9' }, 'Escribe de 1 a 100,000 ventas.'],
  ['TRIAL_POLLERIA', { ...trial, regla: 'x' }, 'Elige cómo termina la prueba.'],
  ['TRIAL_POLLERIA', { ...trial, maximo: '20' }, 'desde los días de la prueba'],
])('%s cannot be %j', async (code, typed, sentence) => {
  const form = { antes: await before(code), ...typed, codigo: '000000' }
  const answer = await asOlga(`/planes/${code}`, { form })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(sentence)
  expect(await row(code)).toEqual(untouched.find((plan) => plan.code === code))
})

test('a plan that is none is not found', async () => {
  expect((await asOlga('/planes/PALACIO')).status).toBe(404)
  expect((await asOlga('/planes/PALACIO', { form: puesto })).status).toBe(404)
})
