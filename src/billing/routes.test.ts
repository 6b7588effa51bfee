import { eq, inArray } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { settlePayment } from '#src/billing/payments/actions.ts'
import { files, memberships, payments, subscriptions, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { business, staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Services } from '#src/http/env.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp } from '../../tests/support/http.ts'
import { appWithMail, freshEmail } from '../../tests/support/person.ts'

const now = new Date('2026-11-23T20:00:00-05:00')
const trialOver = new Date('2026-09-01T10:00:00-05:00')
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

let databases: Databases
let services: Services
let mailsTo: (email: string) => Promise<{ subject: string; text: string }[]>
let rosa: ReadyTenant
let carla: ReadyTenant
let asRosa: Walker
let asCarla: Walker
type Walker = Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeAll(async () => {
  databases = await testDatabases()
  const made = appWithMail(databases, { clock: () => now })
  services = { ...made.services, config: { ...made.services.config, operatorMail: 'olga@example.com' } }
  mailsTo = made.mailsTo
  rosa = await readyTenant()
  carla = await readyTenant('Bodega de Carla')
  await rosa.db.update(business).set({ ruc: '20100070970', address: 'Av. Grau 123' })
  const app = testApp(services)
  asRosa = await app.as(rosa)
  asCarla = await app.as(carla)
}, 60_000)

/** Rosa has never paid, and her trial is over. */
beforeEach(async () => {
  const { admin } = databases
  const { id } = rosa.tenant
  await admin.delete(payments).where(eq(payments.tenantId, id))
  await admin.delete(subscriptions).where(eq(subscriptions.tenantId, id))
  await admin
    .update(tenants)
    .set({ plan: 'TRIAL_POLLERIA', trialStartedAt: trialOver, paidUntil: null, provisionalUntil: null })
    .where(eq(tenants.id, id))
})

const wordsOf = async (answer: Response) =>
  (await answer.text())
    .replace(/<[^>]+>/g, ' ')
    .replace(/\u00a0/g, ' ')
    .replace(/\s+/g, ' ')

const choice = {
  plan: 'LOCAL',
  periodo: 'mes',
  method: 'yape',
  document: 'boleta',
  volver: '/pos?pedido=47',
}

/** The payment's address after choosing. */
async function begin(more: Record<string, string> = {}) {
  const answer = await asRosa('/plan/pagar', { form: { ...choice, ...more } })
  expect(answer.status).toBe(303)
  return answer.headers.get('Location') ?? ''
}

const pathOf = (location: string) => location.split('?')[0] ?? ''

function declaration(fields: Record<string, string | Blob>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return { method: 'POST', body }
}

const rowOf = async (location: string) => {
  const reference = pathOf(location).split('/').at(-1) ?? ''
  const [row] = await databases.admin.select().from(payments).where(eq(payments.reference, reference))
  if (!row) throw new Error(`no payment at ${location}`)
  return row
}

const confirm = (paymentId: number) =>
  inTransaction(databases.admin, (tx) => settlePayment(tx, paymentId, { operatorId: 1 }, now))

/** Somebody of Rosa's who signs in with another role. */
async function someone(role: 'cajera' | 'encargado') {
  const { admin } = databases
  const [{ insertId: staffId }] = await rosa.db.insert(staff).values({ name: 'Beto', role, createdAt: now })
  const email = freshEmail('beto')
  const [{ insertId: userId }] = await admin
    .insert(users)
    .values({ email, passwordHash: 'x', createdAt: now })
  await admin.insert(memberships).values({ userId, tenantId: rosa.tenant.id, staffId })
  return testApp(services).as({ tenant: rosa.tenant, user: { id: userId } })
}

describe('Rosa, whose trial is over', () => {
  test('sees the plans, one marked as hers to take, and chooses', async () => {
    const answer = await asRosa('/plan?volver=%2Fpos')
    const html = await answer.text()
    expect(html.match(/El que te queda/g)).toHaveLength(1)
    expect(html.match(/button-primary/g)).toHaveLength(1)
    expect(html).toContain('/plan/pagar?plan=PUESTO&amp;periodo=mes&amp;volver=%2Fpos')
    const words = await wordsOf(await asRosa('/plan?periodo=anual'))
    expect(words).toContain('S/ 690 al año')
    expect(words).toContain('Al año pagas 10 meses. Precios con IGV.')
  })

  test('reads what she pays and until when, her factura filled in', async () => {
    const answer = await asRosa('/plan/pagar?plan=LOCAL&periodo=mes')
    const html = await answer.text()
    expect(html.replaceAll('\u00a0', ' ')).toContain('Pagas Local: S/ 69.00 por un mes (hasta el 23 dic).')
    expect(html).toContain('value="20100070970"')
    expect(html).toContain('value="ROSA QUISPE MAMANI"')
    expect(html).toMatch(/id="document-factura"[^>]*checked/)
  })

  test('pays by Yape: works at once, and goes back to her order', async () => {
    const location = await begin()
    const page = await asRosa(location)
    const html = await page.text()
    expect(html).toContain('data-copy="900000001"')
    expect(html).toContain('Datos de prueba')
    const sent = await asRosa(
      `${pathOf(location)}/aviso`,
      declaration({
        operation: ' 0012-3456 ',
        volver: '/pos?pedido=47',
        picture: new Blob([png], { type: 'image/png' }),
      }),
    )
    expect(sent.status).toBe(303)
    const done = await asRosa(sent.headers.get('Location') ?? '')
    const doneHtml = await done.text()
    expect(doneHtml).toContain('¡Listo! Tu caja ya funciona.')
    expect(doneHtml).toContain('Confirmamos tu pago en menos de 48 horas.')
    expect(doneHtml).toMatch(/href="\/pos\?pedido=47"[^>]*>.*Volver a mi pedido/s)
    expect(await rowOf(location)).toMatchObject({ status: 'declared', operationNumber: '00123456' })
    const [mail] = (await mailsTo('olga@example.com')).filter(({ text }) => text.includes('00123456'))
    expect(mail?.subject).toContain('Pollería Rosita')
  })

  test('an amount or a status typed into the form changes nothing', async () => {
    const forged = { amount: '1', amountCentimos: '100', priceCentimos: '100', status: 'confirmed' }
    const location = await begin(forged)
    expect(await rowOf(location)).toMatchObject({ amountCentimos: 6900, status: 'open' })
  })

  test('a way back to somewhere else leads home', async () => {
    const location = await begin({ volver: 'https://evil.example/pos' })
    expect(location).not.toContain('evil')
  })

  test.each([
    [{ document: 'factura', ruc: '2010007097', legal_name: 'X' }, 'El RUC tiene 11 números; escribiste 10.'],
    [{ document: 'factura', ruc: '20100070971', legal_name: 'X' }, 'Ese RUC no es válido'],
    [{ document: 'factura', ruc: '20100070970', legal_name: '' }, 'Escribe el nombre legal'],
    [{ document: 'recibo' }, 'Elige boleta o factura.'],
    [{ method: 'bitcoin' }, 'Elige cómo vas a pagar.'],
    [{ method: 'mercadopago' }, 'Elige cómo vas a pagar.'],
    [{ plan: 'CADENA', periodo: 'anual' }, 'Pasa de S/ 700'],
  ])('%o is told at its field', async (wrong, sentence) => {
    const answer = await asRosa('/plan/pagar', { form: { ...choice, ...wrong } })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain(sentence)
    expect(html).toContain('value="/pos?pedido=47"')
  })

  test.each(['NADA', '', 'TRIAL_POLLERIA', "x'; drop table"])('no plan «%s»', async (plan) => {
    expect((await asRosa(`/plan/pagar?plan=${encodeURIComponent(plan)}`)).status).toBe(409)
    expect((await asRosa('/plan/pagar', { form: { ...choice, plan } })).status).toBe(409)
  })

  test('without a number, with a text file, with a picture of 20 MB: told at the field', async () => {
    const aviso = `${pathOf(await begin())}/aviso`
    const empty = await asRosa(aviso, declaration({ operation: ' - ' }))
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('Escribe el número de operación de tu pago.')
    const text = await asRosa(
      aviso,
      declaration({ operation: '1234', picture: new Blob(['hola'], { type: 'image/png' }) }),
    )
    expect(text.status).toBe(422)
    expect(await text.text()).toContain('Ese archivo no es una foto.')
    const huge = new Blob([png, new Uint8Array(20_000_000)], { type: 'image/png' })
    const large = await asRosa(aviso, declaration({ operation: '1234', picture: huge }))
    expect(large.status).toBe(413)
    expect(await large.text()).toContain('pesa más de 200 KB')
    expect(await rowOf(aviso.replace('/aviso', ''))).toMatchObject({ status: 'open', pictureId: null })
  })
})

describe('afterwards', () => {
  async function declared() {
    const location = await begin()
    const picture = new Blob([png, rosa.tenant.uid], { type: 'image/png' })
    await asRosa(`${pathOf(location)}/aviso`, declaration({ operation: '00123456', picture }))
    return rowOf(location)
  }

  test('choosing again while one is looked for leads to that one', async () => {
    const { reference } = await declared()
    for (const answer of [
      await asRosa('/plan/pagar?plan=PUESTO'),
      await asRosa('/plan/pagar', { form: { ...choice, plan: 'PUESTO' } }),
    ]) {
      expect(answer.status).toBe(303)
      expect(answer.headers.get('Location')).toContain(reference)
    }
    expect(await wordsOf(await asRosa('/plan'))).toContain('no necesitas pagar otra vez')
  })

  test('her picture is shown to her and to nobody else', async () => {
    const { reference } = await declared()
    const own = await asRosa(`/plan/pagos/${reference}/foto`)
    expect(own.status).toBe(200)
    expect(own.headers.get('Content-Type')).toBe('image/png')
    expect(own.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect((await asCarla(`/plan/pagos/${reference}/foto`)).status).toBe(404)
    expect((await asCarla(`/plan/pagos/${reference}`)).status).toBe(404)
    const forged = await asCarla(`/plan/pagos/${reference}/aviso`, declaration({ operation: '9999' }))
    expect(forged.status).toBe(404)
  })

  test('another picture takes the place of the first, which is gone', async () => {
    const before = await declared()
    const picture = new Blob([png, rosa.tenant.uid, 'clearer'], { type: 'image/png' })
    const path = `/plan/pagos/${before.reference}`
    await asRosa(`${path}/aviso`, declaration({ operation: '00123457', picture }))
    const after = await rowOf(path)
    expect(after.operationNumber).toBe('00123457')
    expect(after.pictureId).not.toBe(before.pictureId)
    const kept = await databases.admin
      .select({ id: files.id })
      .from(files)
      .where(inArray(files.id, [before.pictureId ?? '', after.pictureId ?? '']))
    expect(kept).toEqual([{ id: after.pictureId }])
  })

  test('confirmed: history, receipt, cancelling and undoing it', async () => {
    const payment = await declared()
    expect((await asRosa(`/plan/recibos/${payment.reference}`)).status).toBe(404)
    await confirm(payment.id)
    const plan = await wordsOf(await asRosa('/plan'))
    expect(plan).toContain('Tienes Local hasta el 23 dic.')
    expect(plan).toContain('Local, del 24 nov al 23 dic')
    const receipt = await wordsOf(await asRosa(`/plan/recibos/${payment.reference}`))
    expect(receipt).toContain('S/ 69.00')
    expect(receipt).toContain('No es comprobante de pago')
    expect((await asCarla(`/plan/recibos/${payment.reference}`)).status).toBe(404)
    const sent = await asRosa('/plan/cancelacion', { form: {} })
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, '/plan?hecho=cancelado'])
    const page = await (await asRosa('/plan?hecho=cancelado')).text()
    expect(page).toMatch(/id="flash"[^>]*><div[^>]*autofocus[^>]*>.*Cancelaste tu plan: funciona hasta/s)
    expect(page).not.toContain('button-primary')
    const cancelled = await wordsOf(await asRosa('/plan'))
    expect(cancelled).toContain('Cancelaste tu plan: funciona hasta el 23 dic y no te cobramos más.')
    expect(cancelled).toContain('Tienes Local hasta el 23 dic, y lo cancelaste.')
    await asRosa('/plan/cancelacion/deshacer', { form: {} })
    expect(await wordsOf(await asRosa('/plan'))).toContain('Cancelar mi plan')
  })

  test('a smaller plan that is worth less than what is left says from when', async () => {
    await confirm((await declared()).id)
    const down = await asRosa('/plan/pagar?plan=PUESTO')
    expect(down.status).toBe(409)
    expect(await wordsOf(down)).toContain('Puedes cambiarte desde el 7 dic, o elegirlo por un año.')
  })

  test('a larger plan shows the sum, and waits for the confirmation', async () => {
    await confirm((await declared()).id)
    const up = await wordsOf(await asRosa('/plan/pagar?plan=CADENA'))
    expect(up).toContain('Lo que te queda de Local −S/ 69.00')
    expect(up).toContain('Pagas Cadena: S/ 70.00 por un mes (hasta el 23 dic).')
    const location = await begin({ plan: 'CADENA' })
    const sent = await asRosa(`${pathOf(location)}/aviso`, declaration({ operation: '777888' }))
    const done = await wordsOf(await asRosa(sent.headers.get('Location') ?? ''))
    expect(done).toContain('Tu plan Cadena empieza apenas lo confirmemos.')
  })
})

test.each(['cajera', 'encargado'] as const)('a person who is %s never opens the plans', async (role) => {
  const asBeto = await someone(role)
  const location = await begin()
  for (const path of ['/plan', '/plan/pagar?plan=LOCAL', location, '/plan/qr']) {
    expect((await asBeto(path)).status).toBe(403)
  }
  for (const path of ['/plan/pagar', '/plan/cancelacion', `${pathOf(location)}/aviso`]) {
    expect((await asBeto(path, { form: { ...choice, operation: '1234' } })).status).toBe(403)
  }
  expect(await rowOf(location)).toMatchObject({ status: 'open' })
})
