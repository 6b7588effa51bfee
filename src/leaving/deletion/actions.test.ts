import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Mail } from '#src/accounts/mailer.ts'
import { audit } from '#src/audit/actions.ts'
import type { Config } from '#src/config.ts'
import {
  auditLog,
  backups,
  dataExports,
  files,
  jobRuns,
  memberships,
  notices,
  payments,
  sessions,
  subscriptions,
  supportGrants,
  tenantKeys,
  tenantStats,
  tenants,
  users,
} from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { business } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { createSession } from '#src/http/session.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { testServices } from '../../../tests/support/http.ts'
import { gate, untilWaiting } from '../../../tests/support/locks.ts'
import { coOwner } from '../../../tests/support/person.ts'
import { aboutClosing } from '../leaving.ts'
import { deletedMail } from '../mails.tsx'
import { deleteLeavers, deleteTenant, whyNotDeleted } from './actions.ts'
import { deletionJob, lastChange } from './queries.ts'

const day = 86_400_000
const hour = 3_600_000
let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let mails: Mail[]
let logged: object[]
const now = new Date()
const ago = (ms: number) => new Date(now.getTime() - ms)

beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
  for (let night = 1; night <= 8; night++) {
    const at = ago(night * day)
    await databases.admin
      .insert(jobRuns)
      .values({ job: deletionJob, dueAt: at, status: 'done', startedAt: at, finishedAt: at })
  }
})
afterAll(() => own.stop())
beforeEach(async () => {
  mails = []
  logged = []
  rosa = await readyTenant('Pollería Rosita', databases)
})

function context(config: Partial<Config> = {}): JobContext {
  const send = (_: string, prepare: () => Promise<Mail | null>) =>
    void prepare().then((mail) => mail && mails.push(mail))
  const services = testServices(databases, { clock: () => now, mailer: { send } as never })
  const log = { error: (details: object) => void logged.push(details) }
  return { ...services, log, config: { ...services.config, ...config }, spares: 0 }
}

/** Closed 31 days ago, warned twice, and copied after everything that happened. */
async function gone({ of = rosa, copied = true, warned = true } = {}) {
  const closedAt = ago(31 * day)
  const { admin } = databases
  await admin.update(tenants).set({ closedAt }).where(eq(tenants.id, of.tenant.id))
  const about = aboutClosing(closedAt)
  const row = { tenantId: of.tenant.id, about, createdAt: closedAt }
  await admin.insert(notices).values({ ...row, kind: 'closed', acceptedAt: closedAt })
  if (warned) await admin.insert(notices).values({ ...row, kind: 'closed-7', acceptedAt: ago(8 * day) })
  if (copied) await copy(of)
  return of
}

const copy = async ({ tenant, db }: ReadyTenant) => {
  // As of now everything was changed: the copy is of later than that.
  const takenAt = new Date((await lastChange(db)).getTime() + 1_000)
  await databases.admin.insert(backups).values({
    tenantId: tenant.id,
    uid: tenant.uid,
    generation: tenant.generation,
    nombreDb: 'db_cliente_1',
    night: '2026-11-22',
    dumpedOn: '2026-11-22',
    kind: 'dumped',
    status: 'whole',
    takenAt,
    verifiedAt: now,
    uploadedAt: now,
  })
}

const ask = (of = rosa, hasOperatorsYes = true) =>
  deleteTenant(context(), deletedMail, { id: of.tenant.id, hasOperatorsYes }, now)
const backupOf = (tenantId: number) => eq(backups.tenantId, tenantId)

const payment = (status: 'declared' | 'confirmed' | 'refused') => ({
  tenantId: rosa.tenant.id,
  reference: crypto.randomUUID(),
  plan: 'PUESTO',
  planName: 'Puesto',
  period: 'month' as const,
  priceCentimos: 3900,
  amountCentimos: 3900,
  method: 'yape' as const,
  status,
  document: 'factura' as const,
  documentNumber: '20100047218',
  documentName: 'ROSITA SAC',
  userId: rosa.user.id,
  createdAt: now,
  updatedAt: now,
})

const databaseNames = async (name: string) =>
  (await databases.provision((root) =>
    root.query('select schema_name from information_schema.schemata where schema_name = ?', [name]),
  )) as unknown[]

test('her data, her account with us and her way in are gone; the row and the act stay', async () => {
  await gone()
  await createSession(databases.admin, { userId: rosa.user.id, tenantId: rosa.tenant.id, now })
  expect(await ask()).toEqual({ ok: true, businessName: 'Pollería Rosita' })

  const { admin } = databases
  expect(await databaseNames(rosa.tenant.nombreDb)).toEqual([])
  await expect(rosa.db.execute(sql`select 1`)).rejects.toThrow()
  expect(await findTenant(admin, rosa.tenant.id)).toBeNull()
  const [row] = await admin.select().from(tenants).where(eq(tenants.id, rosa.tenant.id))
  expect(row).toMatchObject({ status: 'BORRADO', businessName: null, leaseUntil: null, uid: rosa.tenant.uid })
  expect(await admin.select().from(users).where(eq(users.id, rosa.user.id))).toEqual([])
  expect(await admin.select().from(memberships).where(eq(memberships.tenantId, rosa.tenant.id))).toEqual([])
  expect(await admin.select().from(sessions).where(eq(sessions.tenantId, rosa.tenant.id))).toEqual([])
  const acts = await admin.select().from(auditLog).where(eq(auditLog.tenantId, rosa.tenant.id))
  expect(acts).toMatchObject([{ act: 'tenant.deleted', reason: 'closed by its owner' }])
  expect(mails).toMatchObject([{ to: rosa.user.email, subject: 'Borramos los datos de Pollería Rosita' }])
  expect(JSON.stringify(acts)).not.toContain(rosa.user.email)

  expect(await ask()).toEqual({ ok: false, problems: ['gone'] })
})

test('who owns another business keeps her account there', async () => {
  const other = await coOwner(databases, rosa)
  const carla = await readyTenant('Bodega de Carla', databases)
  await databases.admin
    .insert(memberships)
    .values({ userId: other.user.id, tenantId: carla.tenant.id, staffId: 1 })
  await gone()
  expect(await ask()).toMatchObject({ ok: true })
  const [kept] = await databases.admin.select().from(users).where(eq(users.id, other.user.id))
  expect(kept?.email).toBe(other.user.email)
  expect(await carla.db.execute(sql`select 1`)).toBeTruthy()
})

test('payments that were made stay for the accounts; their pictures and what became no payment name nobody', async () => {
  await gone()
  const picture = rosa.tenant.uid.replaceAll('-', '').padEnd(64, '0')
  await databases.admin
    .insert(files)
    .values({ id: picture, type: 'image/webp', bytes: Buffer.from('x'), createdAt: now })
  for (const status of ['confirmed', 'refused'] as const)
    await databases.admin.insert(payments).values({ ...payment(status), pictureId: picture })
  expect(await ask()).toMatchObject({ ok: true })
  const left = await databases.admin
    .select()
    .from(payments)
    .where(eq(payments.tenantId, rosa.tenant.id))
    .orderBy(payments.id)
  expect(left).toMatchObject([
    {
      status: 'confirmed',
      amountCentimos: 3900,
      documentNumber: '20100047218',
      pictureId: null,
      userId: null,
    },
    { status: 'refused', documentNumber: null, documentName: null, pictureId: null, userId: null },
  ])
  expect(await databases.admin.select().from(files).where(eq(files.id, picture))).toEqual([])
})

test.each([
  ['no verified copy', { copied: false }, 'no-verified-copy'],
  ['one mail only', { warned: false }, 'notices-missing'],
] as const)('with %s nothing is touched', async (_, change, problem) => {
  await gone({ of: rosa, ...change })
  expect(await ask()).toEqual({ ok: false, problems: [problem] })
  expect(await rosa.db.execute(sql`select 1`)).toBeTruthy()
  expect(await findTenant(databases.admin, rosa.tenant.id)).not.toBeNull()
})

test('a price that was changed after the copy keeps it', async () => {
  await gone()
  const later = new Date(now.getTime() + hour)
  await rosa.db.execute(
    sql`update products set price_centimos = 1, updated_at = ${later.toISOString().slice(0, 23)}`,
  )
  expect(await ask()).toEqual({ ok: false, problems: ['no-verified-copy'] })
})

test('a copy of another database of the same number proves nothing', async () => {
  await gone()
  await databases.admin.update(backups).set({ generation: 2 }).where(eq(backups.tenantId, rosa.tenant.id))
  expect(await ask()).toEqual({ ok: false, problems: ['no-verified-copy'] })
})

test('she came back in the last minute', async () => {
  await gone()
  await databases.admin.update(tenants).set({ closedAt: null }).where(eq(tenants.id, rosa.tenant.id))
  expect(await ask()).toEqual({ ok: false, problems: ['not-leaving'] })
  const tenant = await findTenant(databases.admin, rosa.tenant.id)
  expect(await whyNotDeleted(context(), tenant!, now)).toEqual(['not-leaving'])
})

test('whoever died after the row is finished by the next run', async () => {
  await databases.admin
    .update(tenants)
    .set({ status: 'BORRADO', leaseUntil: now })
    .where(eq(tenants.id, rosa.tenant.id))
  expect(await databaseNames(rosa.tenant.nombreDb)).toHaveLength(1)
  await deleteLeavers(context(), deletedMail, now)
  expect(await databaseNames(rosa.tenant.nombreDb)).toEqual([])
})

const storeElsewhere = {
  url: 'https://s3.example.com',
  bucket: 'copias',
  region: 'us-east-1',
  keyId: 'id',
  secret: 'secret',
  recipients: [],
  keep: { daily: 7, weekly: 5, monthly: 12 },
}

const keysLeft = async () =>
  (await databases.admin.select().from(tenantKeys)).filter(({ tenantId }) => tenantId === rosa.tenant.id)
const withKey = () =>
  databases.admin.insert(tenantKeys).values({
    tenantId: rosa.tenant.id,
    uid: rosa.tenant.uid,
    recipient: 'age1rosa',
    wrappedIdentity: 'sealed',
    createdAt: now,
  })

test('the key of her copies elsewhere is destroyed with her data, and the act is written down', async () => {
  const rosas = { id: rosa.tenant.id, hasOperatorsYes: true }
  await gone()
  await withKey()
  expect(await deleteTenant(context({ store: storeElsewhere }), deletedMail, rosas, now)).toMatchObject({
    ok: true,
  })
  expect(await keysLeft()).toEqual([])
  const acts = await databases.admin.select().from(auditLog).where(eq(auditLog.tenantId, rosa.tenant.id))
  expect(acts.map(({ act }) => act)).toEqual(['tenant.deleted', 'copies.erased'])
})

test('whoever died before the key was destroyed is finished by the next run', async () => {
  await withKey()
  await databases.admin
    .update(tenants)
    .set({ status: 'BORRADO', leaseUntil: now })
    .where(eq(tenants.id, rosa.tenant.id))
  await deleteLeavers(context({ store: storeElsewhere }), deletedMail, now)
  expect(await keysLeft()).toEqual([])
})

test('of five whose time has come the night deletes as many as a day may have, and touches nobody else', async () => {
  const { admin } = databases
  await admin.delete(auditLog)
  const five = [rosa]
  for (let n = 1; n < 5; n++) five.push(await readyTenant(`Bodega ${n}`, databases))
  for (const one of five) await gone({ of: one })
  const stays = await readyTenant('Bodega de Carla', databases)
  await deleteLeavers(context(), deletedMail, now)
  const left = await Promise.all(five.map(({ tenant }) => findTenant(admin, tenant.id)))
  expect(left.filter((tenant) => tenant === null)).toHaveLength(3)
  await deleteLeavers(context(), deletedMail, now)
  const acts = await admin
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.act, 'tenant.deleted')))
  expect(acts).toHaveLength(3)
  expect(await findTenant(admin, stays.tenant.id)).not.toBeNull()
})

test('a night after the clock jumped deletes nobody', async () => {
  await gone()
  await databases.admin.delete(auditLog)
  const jumped = new Date(now.getTime() + 90 * day)
  await deleteLeavers(context(), deletedMail, jumped)
  expect(await findTenant(databases.admin, rosa.tenant.id)).not.toBeNull()
})

test('a clock that is six minutes ahead of the database deletes nobody', async () => {
  await gone()
  const ahead = new Date(Date.now() + 6 * 60_000)
  const asked = { id: rosa.tenant.id, hasOperatorsYes: true }
  expect(await deleteTenant(context(), deletedMail, asked, ahead)).toEqual({
    ok: false,
    problems: ['clocks-differ'],
  })
})

test('a database of that name that holds another business stays', async () => {
  const { admin } = databases
  const { nombreDb, id } = rosa.tenant
  await rosa.db.update(business).set({ uid: crypto.randomUUID() })
  await admin.update(tenants).set({ status: 'BORRADO', leaseUntil: now }).where(eq(tenants.id, id))
  await deleteLeavers(context(), deletedMail, now)
  expect(await databaseNames(nombreDb)).toHaveLength(1)
})

test('she comes back in the very moment of the deletion: it waits for her, and stops', async () => {
  await gone()
  const { admin } = databases
  const [held, done] = [gate(), gate()]
  const isRosas = eq(tenants.id, rosa.tenant.id)
  const reopening = inTransaction(admin, async (tx) => {
    await tx.update(tenants).set({ closedAt: null }).where(isRosas)
    held.open()
    await done.opened
    return { ok: true as const }
  })
  await held.opened
  const deleting = ask()
  await untilWaiting(databases, '%`tenants`%')
  done.open()
  await reopening
  expect(await deleting).toEqual({ ok: false, problems: ['not-leaving'] })
  expect(await findTenant(admin, rosa.tenant.id)).not.toBeNull()
})

test('what she has paid ahead, and a payment that waits for the operator, keep it', async () => {
  await gone()
  const { admin } = databases
  const isRosas = eq(tenants.id, rosa.tenant.id)
  await admin
    .update(tenants)
    .set({ plan: 'PUESTO', paidUntil: new Date(now.getTime() + day) })
    .where(isRosas)
  await admin.insert(payments).values(payment('declared'))
  expect(await ask()).toEqual({ ok: false, problems: ['paid-ahead', 'payment-waiting'] })
  const tenant = await findTenant(admin, rosa.tenant.id)
  expect(await whyNotDeleted(context(), tenant!, now)).toEqual(['paid-ahead', 'payment-waiting'])
  await admin.update(tenants).set({ paidUntil: now }).where(isRosas)
  await admin.update(payments).set({ status: 'refused' }).where(eq(payments.tenantId, rosa.tenant.id))
  expect(await ask()).toMatchObject({ ok: true })
})

test('without a mail server nobody is deleted, whatever the rows say', async () => {
  await gone()
  const asked = { id: rosa.tenant.id, hasOperatorsYes: true }
  const onlyFiles = context({ smtpUrl: null, appOrigin: 'https://app.smartket.example' })
  const refusal = { ok: false, problems: ['no-mail-server'] }
  expect(await deleteTenant(onlyFiles, deletedMail, asked, now)).toEqual(refusal)
  const withServer = context({ smtpUrl: 'smtp://mail.example', appOrigin: 'https://app.smartket.example' })
  expect(await deleteTenant(withServer, deletedMail, asked, now)).toMatchObject({ ok: true })
})

test('a copy that is only a row proves nothing: it was uploaded, or its file is here', async () => {
  await gone()
  const { admin } = databases
  await admin.update(backups).set({ uploadedAt: null }).where(backupOf(rosa.tenant.id))
  expect(await ask()).toEqual({ ok: false, problems: ['no-verified-copy'] })
  const folder = join(context().config.dataFolder, 'backups', '2026-11-22')
  const file = join(folder, `backup-${rosa.tenant.id}.sql.gz`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, '')
  expect(await ask()).toEqual({ ok: false, problems: ['no-verified-copy'] })
  writeFileSync(file, 'x')
  await admin.update(backups).set({ status: 'failed' }).where(backupOf(rosa.tenant.id))
  expect(await ask()).toEqual({ ok: false, problems: ['no-verified-copy'] })
  await admin.update(backups).set({ status: 'whole' }).where(backupOf(rosa.tenant.id))
  expect(await ask()).toMatchObject({ ok: true })
  rmSync(folder, { recursive: true })
})

test('what renewed by itself, her name and number in the console and every permission of support are forgotten', async () => {
  await gone()
  const { admin } = databases
  const tenantId = rosa.tenant.id
  await admin.insert(subscriptions).values({
    tenantId,
    plan: 'PUESTO',
    period: 'month',
    provider: 'hand',
    status: 'cancelled',
    document: 'factura',
    documentNumber: '20100047218',
    documentName: 'ROSITA SAC',
    createdAt: now,
    updatedAt: now,
  })
  await admin.insert(tenantStats).values({
    tenantId,
    refreshedAt: now,
    ownerName: 'Rosa',
    ownerEmail: rosa.user.email,
    whatsapp: '51987654321',
    salesMade: 7,
  })
  await admin.insert(supportGrants).values({
    tenantId,
    grantedBy: rosa.user.id,
    grantedAt: now,
    expiresAt: new Date(now.getTime() + hour),
    codeHash: rosa.tenant.uid.padEnd(64, '0'),
    sessionHash: rosa.tenant.uid.padEnd(64, '1'),
  })
  expect(await ask()).toMatchObject({ ok: true })
  expect(await admin.$count(subscriptions, eq(subscriptions.tenantId, tenantId))).toBe(0)
  const [stats] = await admin.select().from(tenantStats).where(eq(tenantStats.tenantId, tenantId))
  expect(stats).toMatchObject({ ownerName: '', ownerEmail: '', whatsapp: null, salesMade: 7 })
  const [grant] = await admin.select().from(supportGrants).where(eq(supportGrants.tenantId, tenantId))
  expect(grant).toMatchObject({ endedAt: now, codeHash: null, sessionHash: null })
})

test('the acts stay in the audit log, without the addresses they came from', async () => {
  await gone()
  const { admin } = databases
  const carlas = { tenantId: rosa.tenant.id + 1_000, act: 'tenant.closed', address: '203.0.113.8' }
  await audit(admin, { ...carlas, tenantId: rosa.tenant.id, userId: rosa.user.id }, now)
  await audit(admin, carlas, now)
  expect(await ask()).toMatchObject({ ok: true })
  const addresses = async (id: number) =>
    (await admin.select().from(auditLog).where(eq(auditLog.tenantId, id))).map(({ address }) => address)
  expect(await addresses(rosa.tenant.id)).toEqual([null, null])
  expect(await addresses(carlas.tenantId)).toEqual(['203.0.113.8'])
})

test('a download that she left on the server goes at once', async () => {
  await gone()
  const folder = join(context().config.dataFolder, 'exports')
  const fileName = `9-${'e'.repeat(32)}.zip`
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, fileName), 'all that she sold')
  await databases.admin.insert(dataExports).values({
    tenantId: rosa.tenant.id,
    userId: rosa.user.id,
    sessionId: 'x'.repeat(64),
    status: 'ready',
    fileName,
    createdAt: now,
    expiresAt: new Date(now.getTime() + hour),
  })
  expect(await ask()).toMatchObject({ ok: true })
  expect(existsSync(join(folder, fileName))).toBe(false)
})

test('one that stays although its time has come is told in the log, with why; one whose time has not come is not', async () => {
  await databases.admin.delete(auditLog)
  await gone({ warned: false, copied: false })
  const carla = await readyTenant('Bodega de Carla', databases)
  await databases.admin.update(tenants).set({ closedAt: now }).where(eq(tenants.id, carla.tenant.id))
  await deleteLeavers(context(), deletedMail, now)
  const own = (id: number) => logged.filter((line) => (line as { tenantId?: number }).tenantId === id)
  expect(own(rosa.tenant.id)).toEqual([
    { tenantId: rosa.tenant.id, problems: ['notices-missing', 'no-verified-copy'] },
  ])
  expect(own(carla.tenant.id)).toEqual([])
})

test('a broken business keeps no other from going, and the night says that it failed', async () => {
  const { admin } = databases
  await admin.delete(auditLog)
  // Those of the tests before: of theirs only what is made here may go tonight.
  await admin.update(tenants).set({ closedAt: null })
  await gone()
  const carla = await gone({ of: await readyTenant('Bodega de Carla', databases) })
  const dora = await readyTenant('Chifa Dora', databases)
  const isRosas = eq(tenants.id, rosa.tenant.id)
  await admin.update(tenants).set({ nombreDb: 'db_cliente_gone' }).where(isRosas)
  await admin
    .update(tenants)
    .set({ status: 'BORRADO', leaseUntil: now, nombreDb: 'no`name' })
    .where(eq(tenants.id, dora.tenant.id))
  await expect(deleteLeavers(context(), deletedMail, now)).rejects.toThrow('failed for 2')
  expect(logged).toMatchObject([{ tenantId: dora.tenant.id }, { tenantId: rosa.tenant.id }])
  expect(await findTenant(admin, carla.tenant.id)).toBeNull()
  for (const { tenant } of [rosa, dora])
    await admin
      .update(tenants)
      .set({ nombreDb: tenant.nombreDb, leaseUntil: null })
      .where(eq(tenants.id, tenant.id))
})
