import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { Mail } from '#src/accounts/mailer.ts'
import { auditLog, memberships, notices, plans, subscriptions, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { Services } from '#src/http/env.ts'
import { createHasher } from '#src/http/hashing.ts'
import {
  type ReadyTenant,
  readyTenant,
  testDatabases,
  testMasterKey,
  testPassword,
} from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { gate } from '../../tests/support/locks.ts'
import { freshEmail } from '../../tests/support/person.ts'
import { sendClosingNotice, sendClosingNotices } from './actions.ts'
import { letters } from './mails.tsx'

const day = 86_400_000
let databases: Databases
let services: Services
let rosa: ReadyTenant
let now: Date
let mails: Mail[]
let isMailDown = false
let app: ReturnType<typeof testApp>
type Browser = Awaited<ReturnType<typeof app.as>>
let asRosa: Browser

beforeEach(async () => {
  databases = await testDatabases()
  mails = []
  isMailDown = false
  now = new Date()
  const deliver = async (mail: Mail) => {
    if (isMailDown) throw new Error('no mail server')
    mails.push(mail)
  }
  services = testServices(databases, {
    clock: () => now,
    hasher: createHasher({ pepper: testMasterKey }),
    mailer: {
      deliver,
      send: (_, prepare) => void prepare().then((mail) => mail && deliver(mail)),
      settled: async () => {},
    },
  })
  rosa = await readyTenant()
  app = testApp(services)
  asRosa = await app.as(rosa)
})

const close = (as: Browser, password = testPassword) => as('/cuenta/cierre', { form: { password } })
const row = async () =>
  (await databases.admin.select().from(tenants).where(eq(tenants.id, rosa.tenant.id)))[0]
const acts = async () =>
  (await databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, rosa.tenant.id))).map(
    ({ act }) => act,
  )
const told = () => mails.filter(({ to }) => to === rosa.user.email).map(({ subject }) => subject)
/** The job, over the closings of this file's own Rosa: other files' businesses may be closed too. */
const mailJob = (more: Partial<Parameters<typeof sendClosingNotices>[0]> = {}) =>
  sendClosingNotices({ ...services, readClock: async () => now, ...more }, letters, now).catch(() => {})
const noticesOfRosa = () => databases.admin.select().from(notices).where(eq(notices.tenantId, rosa.tenant.id))
const until = (done: () => boolean) => expect.poll(done, { timeout: 5_000 }).toBe(true)

test('before she closes she reads what happens, and is offered her data', async () => {
  const page = await (await asRosa('/cuenta/cierre')).text()
  for (const part of [
    'Cerrar mi cuenta',
    'No se te cobra nada más.',
    'href="/cuenta/datos"',
    'se borra para siempre',
  ])
    expect(page).toContain(part)
})

test('closed: nobody sells, everybody reads, she is told by mail, and she may come back', async () => {
  expect((await close(asRosa)).headers.get('Location')).toBe('/cuenta/cierre')
  expect((await row())?.closedAt).toEqual(now)
  const page = await (await asRosa('/cuenta/cierre')).text()
  expect(page).toContain('Volver a abrir mi cuenta')
  for (const path of ['/productos', '/ventas', '/cuenta', '/cuenta/datos'])
    expect((await asRosa(path)).status).toBe(200)
  await asRosa('/caja/aperturas', {
    form: { request_key: crypto.randomUUID(), register_id: String(rosa.registerId), float: '10' },
  })
  const [open] = (await rosa.db.execute('select count(*) as n from cash_sessions'))[0] as never as {
    n: number
  }[]
  expect(open?.n).toBe(0)
  await until(() => told().includes('Cerraste tu cuenta de SmartKet'))

  expect((await asRosa('/cuenta/reapertura', { method: 'POST', form: {} })).status).toBe(303)
  expect((await row())?.closedAt).toBeNull()
  expect(await (await asRosa('/cuenta/cierre?aviso=abierta')).text()).toContain(
    'Tu cuenta está abierta otra vez.',
  )
  await until(() => told().includes('Tu cuenta de SmartKet está abierta otra vez'))
  expect(await acts()).toEqual(['tenant.closed', 'tenant.reopened'])
})

test('pressing twice closes once, and the 30 days count from the first', async () => {
  await close(asRosa)
  const first = now
  now = new Date(now.getTime() + 5 * day)
  expect((await close(asRosa)).status).toBe(303)
  expect((await row())?.closedAt).toEqual(first)
  expect(await acts()).toEqual(['tenant.closed'])
  await asRosa('/cuenta/reapertura', { method: 'POST', form: {} })
  await asRosa('/cuenta/reapertura', { method: 'POST', form: {} })
  expect(await acts()).toEqual(['tenant.closed', 'tenant.reopened'])
})

test('the wrong password, none, and guessing close nothing', async () => {
  expect((await close(asRosa, '')).status).toBe(422)
  const wrong = await close(asRosa, 'no es esta')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('La contraseña no coincide.')
  for (let i = 0; i < 9; i++) await close(asRosa, `intento ${i}`)
  expect((await close(asRosa)).status).toBe(429)
  expect((await row())?.closedAt).toBeNull()
})

test.each(['cajera', 'encargado'] as const)(
  'Beto as %s may not close, nor reopen, nor see the page',
  async (role) => {
    const [person] = await rosa.db.insert(staff).values({ name: 'Beto', role, createdAt: now }).$returningId()
    const [user] = await databases.admin
      .insert(users)
      .values({ email: freshEmail(), passwordHash: 'x', createdAt: now })
      .$returningId()
    if (!person || !user) throw new Error('no person')
    await databases.admin
      .insert(memberships)
      .values({ userId: user.id, tenantId: rosa.tenant.id, staffId: person.id })
    const asBeto = await app.as({ tenant: rosa.tenant, user })
    expect((await asBeto('/cuenta/cierre')).status).toBe(403)
    expect((await close(asBeto)).status).toBe(403)
    expect((await asBeto('/cuenta/reapertura', { method: 'POST', form: {} })).status).toBe(403)
    expect(await (await asBeto('/cuenta')).text()).not.toContain('/cuenta/cierre')
    expect((await row())?.closedAt).toBeNull()
  },
)

test('what renews by itself is charged no more', async () => {
  const [plan] = await databases.admin.select().from(plans).where(eq(plans.kind, 'paid')).limit(1)
  await databases.admin.insert(subscriptions).values({
    tenantId: rosa.tenant.id,
    plan: plan?.code ?? '',
    period: 'month',
    provider: 'hand',
    status: 'active',
    document: 'boleta',
    createdAt: now,
    updatedAt: now,
  })
  await close(asRosa)
  const [left] = await databases.admin
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.tenantId, rosa.tenant.id))
  expect(left).toMatchObject({ status: 'cancelled', cancelledAt: now })
})

test('a mail that was not taken is sent again, and only then counts; the last one comes a week before the end', async () => {
  const own = noticesOfRosa
  isMailDown = true
  await close(asRosa)
  await expect.poll(async () => (await own())[0]?.error, { timeout: 5_000 }).toBe('not sent')
  expect(await own()).toMatchObject([{ kind: 'closed', acceptedAt: null, attempts: 1 }])
  isMailDown = false
  now = new Date(now.getTime() + day)
  await mailJob()
  await mailJob()
  expect(await own()).toMatchObject([{ kind: 'closed', acceptedAt: now, attempts: 2 }])
  expect(told()).toEqual(['Cerraste tu cuenta de SmartKet'])

  now = new Date(now.getTime() + 21 * day)
  await mailJob()
  expect(told()).toHaveLength(1)
  now = new Date(now.getTime() + day)
  await mailJob()
  await mailJob()
  expect(told()).toEqual(['Cerraste tu cuenta de SmartKet', 'Pronto borramos los datos de Pollería Rosita'])
})

test('pressed and told by the job at the same moment: one mail', async () => {
  const [begun, held] = [gate(), gate()]
  const slow = {
    ...services.mailer,
    deliver: async (mail: Mail) => {
      begun.open()
      await held.opened
      mails.push(mail)
    },
  }
  await databases.admin.update(tenants).set({ closedAt: now }).where(eq(tenants.id, rosa.tenant.id))
  const tenant = { ...rosa.tenant, closedAt: now }
  const first = sendClosingNotice({ ...services, mailer: slow }, letters, tenant, now)
  await begun.opened
  expect(await sendClosingNotice(services, letters, tenant, now)).toBe(true)
  expect(told()).toEqual([])
  held.open()
  expect(await first).toBe(true)
  expect(await sendClosingNotice(services, letters, tenant, now)).toBe(true)
  expect(told()).toEqual(['Cerraste tu cuenta de SmartKet'])
  expect(await noticesOfRosa()).toMatchObject([{ acceptedAt: now, attempts: 1 }])
})

test('while the clocks of app and database differ no mail counts, because none is sent', async () => {
  await databases.admin.update(tenants).set({ closedAt: now }).where(eq(tenants.id, rosa.tenant.id))
  await mailJob({ readClock: async () => new Date(now.getTime() - 6 * 60_000) })
  expect([told(), await noticesOfRosa()]).toEqual([[], []])
  await mailJob({ readClock: async () => new Date(now.getTime() - 4 * 60_000) })
  expect(told()).toHaveLength(1)
})

test('where there is no mail server a file warns nobody; on a developer’s machine it stands for the mail', async () => {
  const origin = (appOrigin: string, smtpUrl: string | null = null) => ({
    config: { ...services.config, smtpUrl, appOrigin },
  })
  await databases.admin.update(tenants).set({ closedAt: now }).where(eq(tenants.id, rosa.tenant.id))
  await mailJob(origin('https://app.smartket.example'))
  await mailJob(origin('https://app.localhost.smartket.example'))
  expect([told(), await noticesOfRosa()]).toEqual([[], []])
  await mailJob(origin('http://app.localhost:3000'))
  expect(await noticesOfRosa()).toMatchObject([{ kind: 'closed', acceptedAt: now }])
  now = new Date(now.getTime() + 23 * day)
  await mailJob(origin('https://app.smartket.example', 'smtp://mail.example'))
  expect(await noticesOfRosa()).toMatchObject([{ kind: 'closed' }, { kind: 'closed-7', acceptedAt: now }])
})
