import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueMarks, tenants } from '#src/db/admin-schema.ts'
import { seedBusiness, seedPayment } from '../../../tests/support/businesses.ts'
import { ownDatabases } from '../../../tests/support/database.ts'
import { testServices } from '../../../tests/support/http.ts'
import { operatorApp } from '../../../tests/support/operator.ts'

const now = new Date('2026-11-23T15:00:00Z')
const daysAgo = (n: number) => new Date(now.getTime() - n * 86_400_000)
let own: Awaited<ReturnType<typeof ownDatabases>>
let asOlga: Awaited<ReturnType<typeof operatorApp>>
let stuck: number

const text = async (path: string) => (await (await asOlga(path)).text()).replaceAll('\u00a0', ' ')
const done = (negocio: number, cola: string, motivo: string) =>
  asOlga('/hoy/hechos', { form: { negocio: String(negocio), cola, motivo } })

beforeAll(async () => {
  own = await ownDatabases()
  asOlga = await operatorApp(testServices(own.databases, { clock: () => now }))
}, 60_000)
afterAll(() => own.stop())

test('nobody waits', async () => {
  expect(await text('/')).toContain('Nadie espera hoy.')
})

test('each queue shows whom, why, and what to write', async () => {
  const { admin } = own.databases
  stuck = await seedBusiness(
    admin,
    {
      tenant: { businessName: 'Pollería Atascada', trialStartedAt: daysAgo(2) },
      stats: { setupStep: 2, whatsapp: '987654321' },
    },
    now,
  )
  const paying = await seedBusiness(admin, { tenant: { businessName: 'Pollería Pagona' } }, now)
  await seedPayment(admin, paying, {}, now)
  const page = await text('/')
  expect(page).toMatch(/Se quedaron en la configuración.*Pollería Atascada.*Paso 3 de 4/s)
  expect(page).toContain(
    `https://wa.me/51987654321?text=${encodeURIComponent('Hola Rosa, soy Olga de SmartKet. Vi que te quedaste en el paso 3. ¿Te ayudo a terminar? Son 2 minutos.')}`,
  )
  expect(page).toMatch(/Pagos por confirmar.*Pollería Pagona.*S\/ 69.00 por Yape · operación 00123456/s)
  expect(page).toContain('No aceptó que le escribamos.')
})

test('«Hecho» takes her out, twice is once, and «Deshacer» brings her back', async () => {
  const answer = await done(stuck, 'configuracion', 'paso 3')
  expect(answer.status).toBe(303)
  expect((await done(stuck, 'configuracion', 'paso 3')).status).toBe(303)
  expect(await own.databases.admin.select().from(queueMarks)).toHaveLength(1)
  const page = await text(answer.headers.get('Location') ?? '')
  expect(page).toContain('Hecho: Pollería Atascada salió de «Se quedaron en la configuración».')
  expect(page).not.toContain('Paso 3 de 4')
  const form = { negocio: String(stuck), cola: 'configuracion', motivo: 'paso 3' }
  expect((await asOlga('/hoy/hechos/deshechos', { form })).status).toBe(303)
  expect(await text('/')).toContain('Paso 3 de 4')
})

test('a name that looks like markup is only a name', async () => {
  const businessName = '<script>alert(1)</script>'
  await own.databases.admin.update(tenants).set({ businessName }).where(eq(tenants.id, stuck))
  const page = await text('/')
  expect(page).not.toContain('<script>alert')
  expect(page).toContain('&lt;script&gt;alert(1)')
})

test.each([
  ['0', 'configuracion', 'paso 3'],
  ['999999', 'configuracion', 'paso 3'],
  ['1', 'otra', 'paso 3'],
  ['1', 'configuracion', ''],
  ['1', 'configuracion', 'x'.repeat(41)],
])('no such row: %s, %s, %s', async (negocio, cola, motivo) => {
  const answer = await asOlga('/hoy/hechos', { form: { negocio, cola, motivo } })
  expect(answer.status).toBe(404)
})

test("an owner's door is another one: without an operator's session there is only the sign-in", async () => {
  const answer = await asOlga.app.operator('/')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('Location')).toBe('/ingresar')
  expect((await asOlga.app.operator('/hoy/hechos', { form: {} })).status).toBe(303)
  expect((await asOlga.app.app('/hoy/hechos', { form: {} })).status).not.toBe(200)
})
