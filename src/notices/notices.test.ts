import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Mail } from '#src/accounts/mailer.ts'
import { memberships, notices, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { products, staff } from '#src/db/tenant-schema.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../tests/support/database.ts'
import { testServices } from '../../tests/support/http.ts'
import { gate } from '../../tests/support/locks.ts'
import { sendNotices } from './actions.ts'

const lima = (text: string) => new Date(`${text}-05:00`)
const day = 86_400_000
/** With sales left her 45 days are the end: the 7th of December is the last one. */
const startedAt = lima('2026-10-23T20:15')
const lastDay = lima('2026-12-07T09:00')

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let sent: Mail[]
/** null: the mail server takes everything. */
let refusal: Error | null

beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
})
afterAll(() => own.stop())

beforeEach(async () => {
  sent = []
  refusal = null
  await databases.admin.delete(notices)
  await set({ plan: 'TRIAL_POLLERIA', trialStartedAt: startedAt, paidUntil: null, extendedUntil: null })
})

const set = (values: Partial<typeof tenants.$inferInsert>, id = rosa.tenant.id) =>
  databases.admin.update(tenants).set(values).where(eq(tenants.id, id))

const mailer = {
  send: () => {},
  settled: async () => {},
  deliver: async (mail: Mail) => {
    if (refusal) throw refusal
    sent.push(mail)
  },
}

type Context = Parameters<typeof sendNotices>[0]

function contextOf(now: Date, more: Partial<Context> = {}): Context {
  const { config } = testServices(databases)
  const log = { error: () => {} }
  return { databases, clock: () => now, config, mailer, log, spares: 0, readClock: async () => now, ...more }
}

const run = (now: Date, more: Partial<Context> = {}) =>
  sendNotices(contextOf(now, more), now, new AbortController().signal)

const rows = () => databases.admin.select().from(notices).orderBy(asc(notices.id))

test('Rosa hears of her last day by name, with what she built, her plan and the way to it', async () => {
  await run(lastDay)
  expect(sent).toHaveLength(1)
  const [mail] = sent
  expect(mail).toMatchObject({
    kind: 'notice',
    to: rosa.user.email,
    subject: 'Hoy es tu último día de prueba',
  })
  expect(mail?.text).toContain('Hola Rosa,')
  expect(mail?.text).toContain('Ya tienes 3 productos.')
  expect(mail?.text).toContain('El que te queda es Puesto: S/\u00a039 al mes, con IGV.')
  expect(mail?.text).toMatch(/\/plan\n/)
  expect(mail?.html).toContain('/plan"')
  expect(mail?.text).toContain('Tu prueba termina hoy.')
})

test('the last of her 14 days is not the end while sales go on: nobody is written to', async () => {
  await set({ trialStartedAt: lima('2026-11-23T20:15') })
  await run(lastDay)
  expect(sent).toEqual([])
})

test('each of the three once, however often the job runs', async () => {
  for (const date of ['2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07', '2026-12-08'])
    for (const hour of ['08:05', '09:05', '20:05']) await run(lima(`${date}T${hour}`))
  expect(sent.map(({ subject }) => subject)).toEqual([
    'Te quedan 3 días de prueba',
    'Te queda 1 día de prueba',
    'Hoy es tu último día de prueba',
    'Tu prueba ha terminado',
  ])
})

test('a mail that is not taken is tried again at the next run, and counts from when it was', async () => {
  refusal = Object.assign(new Error('550 no such user rosa@example.test'), { code: 'EENVELOPE' })
  await expect(run(lastDay)).rejects.toThrow('failed for 1')
  expect(await rows()).toMatchObject([
    { kind: 'trial-0', about: '2026-12-07', acceptedAt: null, attempts: 1, error: 'EENVELOPE' },
  ])
  refusal = null
  const later = new Date(lastDay.getTime() + 3_600_000)
  await run(later)
  await run(new Date(later.getTime() + 3_600_000))
  expect(sent).toHaveLength(1)
  expect(await rows()).toMatchObject([{ acceptedAt: later, attempts: 2, error: null }])
})

test('two processes at once send one mail', async () => {
  const other = await own.open()
  const [begun, held] = [gate(), gate()]
  const slow = {
    ...mailer,
    deliver: async (mail: Mail) => {
      begun.open()
      await held.opened
      sent.push(mail)
    },
  }
  const first = run(lastDay, { mailer: slow })
  await begun.opened
  await run(lastDay, { databases: other })
  expect(sent).toHaveLength(0)
  held.open()
  await first
  await run(lastDay, { databases: other })
  expect(sent).toHaveLength(1)
})

test('a business that is broken keeps nobody else from hearing', async () => {
  const carla = await readyTenant('Bodega Carla', databases)
  const dora = await readyTenant('Chifa Dora', databases)
  await set({ trialStartedAt: startedAt }, carla.tenant.id)
  await set({ trialStartedAt: startedAt }, dora.tenant.id)
  await carla.db.delete(products)
  const { nombreDb } = carla.tenant
  await set({ nombreDb: 'db_cliente_gone' }, carla.tenant.id)
  await expect(run(lastDay)).rejects.toThrow('failed for 1')
  expect(sent.map(({ to }) => to)).toEqual([rosa.user.email, dora.user.email])
  await set({ nombreDb }, carla.tenant.id)
  await run(lastDay)
  expect(sent.map(({ to }) => to)).toEqual([rosa.user.email, dora.user.email, carla.user.email])
  for (const { tenant } of [carla, dora]) await set({ suspendedAt: startedAt }, tenant.id)
})

test('the mail goes to the owner, not to her cashier', async () => {
  const { admin } = databases
  const [{ insertId: staffId }] = await rosa.db
    .insert(staff)
    .values({ name: 'Beto', role: 'cajera', createdAt: startedAt })
  const [{ insertId: userId }] = await admin
    .insert(users)
    .values({ email: 'a-beto@example.test', passwordHash: 'x', createdAt: startedAt })
  await admin.insert(memberships).values({ userId, tenantId: rosa.tenant.id, staffId })
  await run(lastDay)
  expect(sent.map(({ to }) => to)).toEqual([rosa.user.email])
})

test('late, then locked: what expired, until when she sells, and that all is kept', async () => {
  await set({ plan: 'PUESTO', paidUntil: lima('2026-11-23T00:00') })
  await run(lima('2026-11-23T08:05'))
  await run(lima('2026-11-24T08:05'))
  await run(lima('2026-11-30T08:05'))
  expect(sent.map(({ subject }) => subject)).toEqual(['Tu plan venció el 22 nov', 'Tu plan venció el 22 nov'])
  expect(sent[0]?.text).toContain('Puedes vender hasta el 29 nov.')
  expect(sent[1]?.text).toContain('¡Elige un plan para continuar donde lo dejaste!')
  expect((await rows()).map(({ kind }) => kind)).toEqual(['late', 'locked'])
})

test('three more days bring mails of their own', async () => {
  await run(lastDay)
  await set({ extendedUntil: lima('2026-12-11T00:00') })
  await run(new Date(lastDay.getTime() + 3_600_000))
  expect(sent.map(({ subject }) => subject)).toEqual([
    'Hoy es tu último día de prueba',
    'Te quedan 3 días de prueba',
  ])
})

test('a year after the lock: three mails, really apart, and a clock that leaps sends none', async () => {
  await set({ plan: 'PUESTO', paidUntil: lima('2026-11-23T00:00') })
  const about = '2026-11-30'
  await run(lima('2027-10-01T20:05'))
  expect(sent).toEqual([])
  await expect(
    run(lima('2027-10-02T08:05'), { readClock: async () => lima('2027-09-30T08:05') }),
  ).rejects.toThrow('failed for 1')
  expect(await rows()).toEqual([])
  for (let at = lima('2027-10-02T08:05'); at < lima('2027-12-31T00:00'); at = new Date(at.getTime() + day))
    await run(at)
  expect(sent.map(({ subject }) => subject)).toEqual(
    Array(3).fill('Guardamos los datos de Pollería Rosita hasta el 1 de diciembre de 2027'),
  )
  expect((await rows()).map((row) => ({ kind: row.kind, about: row.about, at: row.acceptedAt }))).toEqual([
    { kind: 'delete-60', about, at: lima('2027-10-02T08:05') },
    { kind: 'delete-30', about, at: lima('2027-11-01T08:05') },
    { kind: 'delete-7', about, at: lima('2027-11-24T08:05') },
  ])
  expect((await findTenant(databases.admin, rosa.tenant.id))?.id).toBe(rosa.tenant.id)
})

test('whoever pays in between is left alone, and a later lock counts from its own day', async () => {
  await set({ plan: 'PUESTO', paidUntil: lima('2026-11-23T00:00') })
  await run(lima('2027-10-02T08:05'))
  expect(sent).toHaveLength(1)
  await set({ paidUntil: lima('2027-11-15T00:00') })
  await run(lima('2027-11-01T08:05'))
  await run(lima('2027-12-24T08:05'))
  expect(sent).toHaveLength(1)
  await run(lima('2028-09-24T08:05'))
  expect((await rows()).at(-1)).toMatchObject({ kind: 'delete-60', about: '2027-11-22' })
})

test('a notice that counts towards a deletion is not sent where mails reach nobody', async () => {
  await set({ plan: 'PUESTO', paidUntil: lima('2026-11-23T00:00') })
  const { config } = testServices(databases)
  const appOrigin = 'https://app.smartket.example'
  const at = lima('2027-10-02T08:05')
  await expect(run(at, { config: { ...config, smtpUrl: null, appOrigin } })).rejects.toThrow('failed for 1')
  expect([sent, await rows()]).toEqual([[], []])
  await run(at, { config: { ...config, smtpUrl: 'smtp://mail.example', appOrigin } })
  expect(await rows()).toMatchObject([{ kind: 'delete-60', acceptedAt: at }])
})
