import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AdminDb } from '#src/db/admin.ts'
import { auditLog, files, payments, tenants } from '#src/db/admin-schema.ts'
import type { Services } from '#src/http/env.ts'
import { seedBusiness, seedPayment } from '../../../tests/support/businesses.ts'
import { ownDatabases } from '../../../tests/support/database.ts'
import { testServices } from '../../../tests/support/http.ts'
import { operatorApp } from '../../../tests/support/operator.ts'

/** Monday 23 November, 10:00 in Lima. */
const now = new Date('2026-11-23T15:00:00Z')
const midnight = (day: string) => new Date(`${day}T05:00:00Z`)
let own: Awaited<ReturnType<typeof ownDatabases>>
let admin: AdminDb
let asOlga: Awaited<ReturnType<typeof operatorApp>>
let rosita: number
let payment: number
let mails: string[] = []

const text = async (path: string) => (await (await asOlga(path)).text()).replaceAll('\u00a0', ' ')
const post = (what: string, form: Record<string, string>) => asOlga(`/pagos/${payment}/${what}`, { form })
const paymentRow = async () => (await admin.select().from(payments).where(eq(payments.id, payment)))[0]
const tenantRow = async () => (await admin.select().from(tenants).where(eq(tenants.id, rosita)))[0]
const acts = async () =>
  (await admin.select().from(auditLog).where(eq(auditLog.tenantId, rosita))).map((line) => line.act)

beforeAll(async () => {
  own = await ownDatabases()
  admin = own.databases.admin
  const mailer = { send: (kind: string) => mails.push(kind) } as unknown as Services['mailer']
  asOlga = await operatorApp(testServices(own.databases, { clock: () => now, mailer }))
}, 60_000)
afterAll(() => own.stop())

beforeEach(async () => {
  mails = []
  await admin.delete(payments)
  const businessName = `Pollería ${randomUUID().slice(0, 8)}`
  const provisionalUntil = new Date(now.getTime() + 48 * 3_600_000)
  const trialStartedAt = midnight('2026-11-01')
  rosita = await seedBusiness(admin, { tenant: { businessName, provisionalUntil, trialStartedAt } }, now)
  payment = await seedPayment(admin, rosita, {}, now)
})

describe('to confirm', () => {
  test('the oldest first, with what was declared', async () => {
    const page = await text('/pagos')
    expect(page).toContain('S/ 69.00 por Yape · operación 00123456')
    expect(await text(`/pagos/${payment}`)).toContain('Vi en la cuenta la operación 00123456 (Yape).')
    expect(await text('/pagos?estado=confirmed')).toContain('Ningún pago aquí.')
  })

  test('confirmed once, whoever presses twice: the plan, its days and one line in the log', async () => {
    const press = () => post('confirmacion', { motivo: 'Lo vi en la cuenta' })
    const [one, two] = await Promise.all([press(), press()])
    expect([one.status, two.status]).toEqual([303, 303])
    expect(one.headers.get('Location')).toMatch(/^\/pagos\?hecho=confirmado$/)
    expect(await paymentRow()).toMatchObject({ status: 'confirmed', operatorId: asOlga.olga.id })
    expect(await tenantRow()).toMatchObject({ plan: 'LOCAL', paidUntil: midnight('2026-12-24') })
    expect(await acts()).toEqual(['payment.confirmed'])
    expect(mails).toEqual(['payment'])
    const [line] = await admin.select().from(auditLog).where(eq(auditLog.tenantId, rosita))
    expect(line?.reason).toBe('Lo vi en la cuenta')
  })

  test('refused with its reason: its 48 hours are over', async () => {
    expect((await post('rechazo', { motivo: 'No hay tal operación' })).status).toBe(303)
    expect(await paymentRow()).toMatchObject({ status: 'refused', reason: 'No hay tal operación' })
    expect((await tenantRow())?.provisionalUntil).toEqual(now)
    expect(await acts()).toEqual(['payment.refused'])
    expect(mails).toEqual(['payment'])
    // It turns up after all.
    expect((await post('confirmacion', { motivo: 'Llegó con otro nombre' })).status).toBe(303)
    expect((await paymentRow())?.status).toBe('confirmed')
  })

  test('confirmed and then refused: no', async () => {
    await post('confirmacion', { motivo: 'Lo vi' })
    const answer = await post('rechazo', { motivo: 'No era' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Ese pago ya está confirmado.')
    expect((await paymentRow())?.status).toBe('confirmed')
  })

  test.each(['confirmacion', 'rechazo', 'devolucion'])(
    '%s without a reason changes nothing',
    async (what) => {
      expect((await post(what, { motivo: '' })).status).toBe(422)
      expect((await post(what, { motivo: 'x'.repeat(301) })).status).toBe(422)
      expect((await paymentRow())?.status).toBe('declared')
    },
  )

  test('the same operation shown twice is said', async () => {
    const carla = await seedBusiness(admin, { tenant: { businessName: 'Bodega Carla' } }, now)
    await seedPayment(admin, carla, {}, now)
    expect(await text(`/pagos/${payment}`)).toMatch(/La operación 00123456 está también en.*Bodega Carla/s)
  })
})

describe('afterwards', () => {
  test('a refund asks the code, takes the days back, and is written once', async () => {
    await post('confirmacion', { motivo: 'Lo vi' })
    const asked = await post('devolucion', { motivo: 'Pagó dos veces' })
    expect(await asked.text()).toContain('Anotar la devolución')
    expect((await paymentRow())?.status).toBe('confirmed')
    const form = { motivo: 'Pagó dos veces', codigo: await asOlga.olga.code() }
    expect((await post('devolucion', form)).status).toBe(303)
    expect((await post('devolucion', form)).status).toBe(303)
    expect((await paymentRow())?.status).toBe('refunded')
    expect((await tenantRow())?.paidUntil).toBeNull()
    expect((await acts()).filter((act) => act === 'payment.refunded')).toHaveLength(1)
  })

  test('what was never confirmed is not given back', async () => {
    const asked = await post('devolucion', { motivo: 'Se arrepintió' })
    expect(await asked.text()).toContain('Anotar la devolución')
    const answer = await post('devolucion', { motivo: 'Se arrepintió', codigo: await asOlga.olga.code() })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Solo se devuelve un pago confirmado.')
    expect((await paymentRow())?.status).toBe('declared')
  })

  test('the number of our own boleta or factura', async () => {
    expect((await post('comprobante', { numero: 'B001-1' })).status).toBe(422)
    await post('confirmacion', { motivo: 'Lo vi' })
    expect(await text('/pagos?estado=uninvoiced')).toContain('S/ 69.00')
    expect((await post('comprobante', { numero: 'hola' })).status).toBe(422)
    expect((await post('comprobante', { numero: ' f001-123 ' })).status).toBe(303)
    expect((await paymentRow())?.invoiceNumber).toBe('F001-123')
    expect(await text('/pagos?estado=uninvoiced')).toContain('Ningún pago aquí.')
  })
})

describe('the picture', () => {
  test('is shown as a picture and nothing else, to operators only', async () => {
    const id = 'a'.repeat(64)
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
    await admin.insert(files).ignore().values({ id, type: 'image/jpeg', bytes, createdAt: now })
    await admin.update(payments).set({ pictureId: id }).where(eq(payments.id, payment))
    const answer = await asOlga(`/pagos/${payment}/foto`)
    expect(answer.headers.get('Content-Type')).toBe('image/jpeg')
    expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'")
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    expect(await text(`/pagos/${payment}`)).toContain(`/pagos/${payment}/foto`)
    expect((await asOlga.app.operator(`/pagos/${payment}/foto`)).status).toBe(303)
  })

  test('none is not found, and neither is a payment that is not there', async () => {
    expect((await asOlga(`/pagos/${payment}/foto`)).status).toBe(404)
    expect((await asOlga('/pagos/999999')).status).toBe(404)
    expect((await asOlga('/pagos/999999/confirmacion', { form: { motivo: 'x' } })).status).toBe(404)
  })
})
