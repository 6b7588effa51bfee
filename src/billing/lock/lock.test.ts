import { randomUUID } from 'node:crypto'
import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { auditLog, memberships, plans, tenants, users } from '#src/db/admin-schema.ts'
import { branches, cashSessions, sales, staff } from '#src/db/tenant-schema.ts'
import { seedPayment } from '../../../tests/support/businesses.ts'
import { testDatabases } from '../../../tests/support/database.ts'
import { testApp, testServices } from '../../../tests/support/http.ts'
import { freshEmail } from '../../../tests/support/person.ts'
import { openShop, order, type Shop } from '../../../tests/support/till.ts'
import { extensionUntil } from './lock.ts'
import { builtText, serviceText } from './texts.ts'

const at = (lima: string) => new Date(`${lima}-05:00`)
const hour = 3_600_000

/** Rosa signed up on the 23rd of October: 45 days later, on the 7th of December, everything is used up. */
const signedUp = at('2026-10-23T20:15:00')
const over = at('2026-12-08T00:00:00')

let shop: Shop
let now: Date
let rosa: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeEach(async () => {
  shop = await openShop()
  await shop.db.delete(cashSessions)
  await standing({ trialStartedAt: signedUp })
  now = new Date(over.getTime() + hour)
  rosa = await (await app()).as(shop)
})

const admin = async () => (await testDatabases()).admin
const app = async () => testApp(testServices(await testDatabases(), { clock: () => now }))

async function standing(change: Partial<typeof tenants.$inferInsert>) {
  await (await admin()).update(tenants).set(change).where(eq(tenants.id, shop.tenant.id))
}

const tenantNow = async () => {
  const [row] = await (await admin()).select().from(tenants).where(eq(tenants.id, shop.tenant.id))
  if (!row) throw new Error('no tenant')
  return row
}

/** A colleague with a session of her own. */
async function as(role: 'cajera' | 'encargado') {
  const { db } = shop
  const [{ insertId: staffId }] = await db.insert(staff).values({ name: 'Beto', role, createdAt: now })
  const person = { email: freshEmail('beto'), passwordHash: 'none', createdAt: now }
  const [{ insertId: id }] = await (await admin()).insert(users).values(person)
  await (await admin()).insert(memberships).values({ userId: id, tenantId: shop.tenant.id, staffId })
  return (await app()).as({ tenant: shop.tenant, user: { id } })
}

async function openTurno(openedAt: Date) {
  await shop.db.insert(cashSessions).values({
    registerId: shop.registerId,
    requestKey: randomUUID(),
    openedBy: 1,
    openedAt,
    floatCentimos: 5000,
  })
}

const opening = () => ({
  form: { request_key: randomUUID(), register_id: String(shop.registerId), float: '50' },
})
const turnos = async () => (await shop.db.select({ n: count() }).from(cashSessions))[0]?.n
const text = async (answer: Response) => (await answer.text()).replaceAll('\u00a0', ' ')
const toLock = '/continuar?volver=%2Fpos'

describe('the last day of a trial', () => {
  test('a till opens until midnight, and then leads to the lock', async () => {
    now = new Date(over.getTime() - 1)
    expect((await rosa('/pos')).status).toBe(200)
    now = over
    const closed = await rosa('/pos')
    expect([closed.status, closed.headers.get('Location')]).toEqual([303, toLock])
    const opened = await rosa('/caja/aperturas', opening())
    expect([opened.status, opened.headers.get('Location')]).toEqual([303, toLock])
    expect(await turnos()).toBe(0)
  })

  test('practice goes on: nothing of it counts', async () => {
    expect((await rosa('/pos?modo=practica')).status).toBe(200)
  })

  test('an opening that was saved before the lock is answered again, and no other is made', async () => {
    const form = opening()
    now = new Date(over.getTime() - 1000)
    await rosa('/caja/aperturas', form)
    now = over
    expect((await rosa('/caja/aperturas', form)).headers.get('Location')).toBe('/pos')
    expect(await turnos()).toBe(1)
  })

  test('everything stays readable', async () => {
    for (const path of ['/', '/ventas', '/productos', '/personal', '/caja', '/cuenta'])
      expect([path, (await rosa(path)).status]).toEqual([path, 200])
  })
})

describe('a service in progress', () => {
  const sell = (body = order(shop)) => rosa('/pos/ventas', { json: body })

  test('sells for 24 hours, and the till says until when', async () => {
    await openTurno(new Date(over.getTime() - hour))
    const page = await rosa('/pos')
    expect(page.status).toBe(200)
    expect(await text(page)).toContain('Vende hasta mañana, 12:00 a. m.')
    now = new Date(over.getTime() + 24 * hour - 1)
    expect((await sell()).status).toBe(200)
    now = new Date(over.getTime() + 24 * hour)
    const refused = await sell()
    expect([refused.status, await refused.json()]).toEqual([
      409,
      {
        ok: false,
        problem: 'locked',
        lock: 'trial-over',
        text: 'La prueba terminó: hoy esta caja ya no puede cobrar. Tu pedido está guardado.',
      },
    ])
    expect((await rosa('/pos')).headers.get('Location')).toBe(toLock)
  })

  test('a sale that was saved is answered again, however locked it is', async () => {
    await openTurno(new Date(over.getTime() - hour))
    const body = order(shop)
    const first = (await (await sell(body)).json()) as { sale: { id: number } }
    now = new Date(over.getTime() + 30 * hour)
    const again = await sell(body)
    expect(again.status).toBe(200)
    expect(((await again.json()) as { sale: { id: number } }).sale.id).toBe(first.sale.id)
    expect((await shop.db.select({ n: count() }).from(sales))[0]?.n).toBe(1)
  })

  test('the sale that uses up the trial ends no service: the next one sells, and a new turno does not open', async () => {
    const [plan] = await (await admin()).select().from(plans).where(eq(plans.code, 'TRIAL_POLLERIA'))
    if (!plan) throw new Error('no plan')
    const short = { ...plan, code: `TRIAL_${shop.tenant.id}`, trialRule: 'first' as const, trialSales: 2 }
    await (await admin()).insert(plans).values(short)
    await standing({ plan: short.code, trialStartedAt: over })
    await openTurno(new Date(over.getTime() + 1))
    for (let made = 1; made <= 2; made++) expect((await sell()).status).toBe(200)
    expect(await text(await rosa('/'))).toContain('Tu prueba ha terminado')
    now = new Date(now.getTime() + 23 * hour)
    expect((await sell()).status).toBe(200)
    now = new Date(now.getTime() + hour)
    expect((await sell()).status).toBe(409)
    await shop.db.update(cashSessions).set({ openSlot: null, closedAt: now })
    expect((await rosa('/caja/aperturas', opening())).headers.get('Location')).toBe(toLock)
  })

  test('a locked business that posts a sale straight to the address sells nothing, open caja or not', async () => {
    expect((await sell()).status).toBe(409)
    await openTurno(over)
    const refused = await sell()
    expect(((await refused.json()) as { problem: string }).problem).toBe('locked')
    expect((await shop.db.select({ n: count() }).from(sales))[0]?.n).toBe(0)
  })
})

describe("the owner's lock", () => {
  test('says what was built, the plans with the way back, and three more days', async () => {
    const page = await text(await rosa('/continuar?volver=/pos'))
    expect(page).toContain('Tu prueba ha terminado. ¡Elige un plan para continuar donde lo dejaste!')
    expect(page).toContain(
      'Ya tienes 3 productos. Todo está guardado: puedes verlo y descargarlo cuando quieras.',
    )
    for (const words of ['Puesto', 'Local', 'Cadena', 'El que te queda', 'Necesito 3 días más'])
      expect(page).toContain(words)
    expect(page).toMatch(/href="\/plan\/pagar[^"]*volver=%2Fpos"/)
  })

  test.each([
    ['https://evil.example/', '"/"'],
    ['//evil.example/pos', '"/"'],
    ['/ventas?antes=7', '"/ventas?antes=7"'],
  ])('leads back only within: %s', async (volver, back) => {
    const page = await text(await rosa(`/continuar?volver=${encodeURIComponent(volver)}`))
    expect(page).not.toContain('evil')
    expect(page).toContain(`name="volver" value=${back}`)
  })

  test('who is not locked is sent on to where she was', async () => {
    await standing({ paidUntil: at('2027-01-08T00:00:00') })
    const answer = await rosa('/continuar?volver=/pos')
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/pos'])
  })

  test('three more days once: the door opens, and the second time it is told', async () => {
    const form = { volver: '/pos' }
    const clicks = [rosa('/continuar/dias', { form }), rosa('/continuar/dias', { form })]
    for (const answer of await Promise.all(clicks)) {
      expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/pos'])
    }
    const row = await tenantNow()
    expect([row.extendedUntil, row.extensionTakenAt]).toEqual([at('2026-12-12T00:00:00'), now])
    expect((await rosa('/pos')).status).toBe(200)
    expect(await text(await rosa('/'))).toContain('Te quedan 3 días de prueba')
    const acts = await (await admin()).select().from(auditLog).where(eq(auditLog.tenantId, shop.tenant.id))
    expect(acts.map(({ act, userId }) => [act, userId])).toEqual([['tenant.extension-taken', shop.user.id]])

    now = at('2026-12-12T00:00:00')
    const spent = await rosa('/continuar?volver=/pos')
    expect(await text(spent)).not.toContain('Necesito 3 días más')
    const refused = await rosa('/continuar/dias', { form })
    expect(refused.status).toBe(409)
    expect(await text(refused)).toContain('Ya usaste tus 3 días más.')
    expect((await tenantNow()).extendedUntil).toEqual(at('2026-12-12T00:00:00'))
  })

  test('three more days while the trial still runs are not used up', async () => {
    now = new Date(over.getTime() - hour)
    expect((await rosa('/continuar/dias', { form: { volver: '/pos' } })).status).toBe(303)
    expect((await tenantNow()).extensionTakenAt).toBeNull()
  })

  test('a plan that expired says its day', async () => {
    await standing({ paidUntil: at('2026-11-23T00:00:00') })
    const page = await text(await rosa('/continuar?volver=/pos'))
    expect(page).toContain('Tu plan venció el 22 nov. ¡Elige un plan para continuar donde lo dejaste!')
  })

  test('in pause: no plans and no more days; everything can still be downloaded', async () => {
    await standing({ suspendedAt: over })
    const page = await text(await rosa('/continuar?volver=/pos'))
    expect(page).toContain('Tu cuenta está en pausa. Escríbenos para activarla.')
    expect(page).toContain('Descargar todo')
    expect(page).not.toContain('Puesto')
    expect((await rosa('/continuar/dias', { form: {} })).status).toBe(409)
  })

  test('closed by herself: until when she can come back', async () => {
    await standing({ closedAt: at('2026-12-08T00:30:00') })
    const page = await text(await rosa('/continuar?volver=/pos'))
    expect(page).toContain('Cerraste tu cuenta el 8 dic. Puedes volver hasta el 7 ene.')
    expect(page).not.toContain('Necesito 3 días más')
  })
})

describe('a payment that she has told us of', () => {
  const told = async (status: 'declared' | 'refused') =>
    seedPayment(await admin(), shop.tenant.id, { status, operationNumber: '1111' }, at('2026-12-05T10:00:00'))

  test('its hours are over: nothing is asked of her, on the lock or elsewhere', async () => {
    await told('declared')
    const page = await text(await rosa('/continuar?volver=/pos'))
    const sentence = 'Recibimos tu aviso de S/ 69.00; lo estamos confirmando, no necesitas pagar otra vez.'
    expect(page).toContain(`<h1>${sentence}</h1>`)
    for (const words of ['Elegir Puesto', 'Elige un plan', 'El que te queda'])
      expect(page).not.toContain(words)
    expect(page).toContain('Descargar todo')
    const home = await text(await rosa('/'))
    expect(home).toContain(sentence)
    await standing({ paidUntil: at('2026-12-05T00:00:00') })
    const late = await text(await rosa('/'))
    expect(late).toContain(sentence)
    expect(late).not.toContain('Pagar ahora')
  })

  test('not found: said on the lock and at home, with the way to the payment; the plans stand below', async () => {
    await told('refused')
    for (const path of ['/continuar?volver=/pos', '/', '/productos']) {
      const page = await text(await rosa(path))
      expect(page).toContain(
        'No encontramos tu pago 1111. Revisa el número o escríbenos; tus datos siguen aquí.',
      )
      expect(page).toMatch(/href="\/plan\/pagos\/[\w-]{36}"[^>]*>Revisar mi pago/)
    }
    expect(await text(await rosa('/continuar?volver=/pos'))).toContain('Elegir Puesto')
  })
})

describe('others at the lock', () => {
  test('a cashier hears whom to tell, and sees no plan and no price', async () => {
    await shop.db.update(branches).set({ whatsapp: '987654321' })
    const beto = await as('cajera')
    const page = await text(await beto('/continuar?volver=/pos'))
    expect(page).toContain('Hoy no se puede abrir la caja.')
    expect(page).toContain('Avísale a Rosa para que elija un plan; tu pedido está guardado.')
    expect(page).toContain('Avisar por WhatsApp')
    expect(page).toContain('https://wa.me/51987654321?text=Hola%20Rosa')
    for (const words of ['Puesto', 'S/', '3 días más', 'Elegir']) expect(page).not.toContain(words)
    expect((await beto('/continuar/dias', { form: { volver: '/pos' } })).status).toBe(403)
    expect((await beto('/continuar/manana', { form: {} })).status).toBe(403)
  })

  test('without a number of the local WhatsApp itself asks to whom', async () => {
    const page = await text(await (await as('cajera'))('/continuar?volver=/pos'))
    expect(page).toContain('https://wa.me/?text=Hola%20Rosa')
  })

  test('an encargado sees what was built and the plans, and that the owner chooses', async () => {
    const page = await text(await (await as('encargado'))('/continuar?volver=/pos'))
    expect(page).toContain('El plan lo elige Rosa')
    expect(page).toContain('Puesto')
    for (const words of ['/plan/pagar', '3 días más', 'Descargar todo']) expect(page).not.toContain(words)
  })
})

describe('the strip above the pages', () => {
  beforeEach(async () => {
    // Her 45 days end with the 7th; until then sales are what remains.
    await standing({ trialStartedAt: signedUp })
    now = at('2026-12-04T10:00:00')
  })

  test('on the third day before the end, with the price; not on the till', async () => {
    const page = await text(await rosa('/productos'))
    expect(page).toContain(
      'Te quedan 100 ventas de prueba, hasta el 7 dic. Sigue con Puesto desde S/ 39 al mes.',
    )
    expect(page).toContain('Elegir plan')
    const till = await text(await rosa('/pos'))
    expect(till).toContain('Te quedan 100 ventas de prueba')
    for (const words of ['S/ 39', 'Elegir plan', 'Ahora no']) expect(till).not.toContain(words)
  })

  test('«Ahora no» puts it off until tomorrow, and stays on the page', async () => {
    const headers = { Referer: 'http://app.localhost:3000/productos?q=pollo' }
    const answer = await rosa('/continuar/manana', { form: {}, headers })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/productos?q=pollo'])
    expect(await text(await rosa('/productos'))).not.toContain('Elegir plan')
    now = at('2026-12-05T00:00:00')
    expect(await text(await rosa('/productos'))).toContain('Elegir plan')
  })

  test('late: what expired, until when, and where to pay; a cashier sells as ever', async () => {
    await standing({ paidUntil: at('2026-12-01T00:00:00') })
    expect(await text(await rosa('/'))).toContain('Tu plan venció el 30 nov. Puedes vender hasta el 7 dic.')
    const beto = await as('cajera')
    expect(await text(await beto('/'))).not.toContain('Tu plan venció')
    expect((await beto('/caja/aperturas', opening())).headers.get('Location')).toBe('/pos')
  })
})

describe('words', () => {
  test('one of each, none of each', () => {
    const said = (products: number, made: number) =>
      builtText({ products, sales: made, soldCentimos: made * 1050 }).replaceAll('\u00a0', ' ')
    expect(said(64, 412)).toMatch(/^Ya tienes 64 productos y 412 ventas por S\/ 4,326.00\. Todo/)
    expect(said(1, 1)).toMatch(/^Ya tienes 1 producto y 1 venta por S\/ 10.50\. Todo/)
    expect(said(0, 0)).toMatch(/^Todo está guardado/)
  })

  test('three more days are whole days after today, and never take back what was given', () => {
    expect(extensionUntil(null, at('2026-12-31T23:59:59'))).toEqual(at('2027-01-04T00:00:00'))
    expect(extensionUntil(at('2027-02-01T00:00:00'), over)).toEqual(at('2027-02-01T00:00:00'))
  })

  test('the till says until when this service sells', () => {
    const locked = { kind: 'trial-over' as const, since: at('2026-12-08T15:30:00') }
    expect(serviceText(locked, at('2026-12-08T16:00:00'))).toBe('Vende hasta mañana, 3:30 p. m.')
    expect(serviceText(locked, at('2026-12-09T00:00:00'))).toBe('Vende hasta hoy, 3:30 p. m.')
  })
})
