import { randomUUID } from 'node:crypto'
import { eq, ne } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { lastCopy } from '#src/backups/covered/queries.ts'
import { uncovered } from '#src/backups/queries.ts'
import { backups, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { staff } from '#src/db/tenant-schema.ts'
import { seedBusiness } from '../../../tests/support/businesses.ts'
import { ownDatabases, type ReadyTenant, readyTenant } from '../../../tests/support/database.ts'
import { testApp, testServices } from '../../../tests/support/http.ts'
import { operatorApp } from '../../../tests/support/operator.ts'
import { coOwner } from '../../../tests/support/person.ts'

/** Monday 23 November, 9:00 in Lima. */
const now = new Date('2026-11-23T14:00:00Z')
const hours = (n: number) => new Date(now.getTime() - n * 3_600_000)
let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let app: ReturnType<typeof testApp>

beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
  await databases.admin
    .update(tenants)
    .set({ trialStartedAt: hours(24 * 9) })
    .where(eq(tenants.id, rosa.tenant.id))
  app = testApp(testServices(databases, { clock: () => now }))
  return () => own.stop()
}, 60_000)
afterEach(async () => {
  await databases.admin.delete(backups)
})

const seedCopy = (change: Partial<typeof backups.$inferInsert> = {}) =>
  databases.admin.insert(backups).values({
    tenantId: rosa.tenant.id,
    uid: rosa.tenant.uid,
    generation: 1,
    nombreDb: rosa.tenant.nombreDb,
    night: '2026-11-23',
    dumpedOn: '2026-11-23',
    kind: 'dumped',
    status: 'whole',
    takenAt: hours(5.8),
    contentHash: 'a'.repeat(64),
    salesMade: 1482,
    salesCentimos: 3_821_040,
    verifiedAt: hours(5.7),
    ...change,
  })
const lineOf = async (path: string, who = rosa) => {
  const page = await (await (await app.as(who))(path)).text()
  return page
    .replaceAll('\u00a0', ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe.each(['/', '/cuenta'])('on %s', (path) => {
  test('Rosa reads that her copy is verified', async () => {
    await seedCopy()
    expect(await lineOf(path)).toContain('Copia verificada hoy 03:12 · 1,482 ventas · S/ 38,210.40')
  })

  test('after 36 hours it is a warning', async () => {
    await seedCopy({ takenAt: hours(37), night: '2026-11-21' })
    expect(await lineOf(path)).toContain(
      'Lo que hiciste desde el sáb 21 nov a las 20:00 todavía no está en una copia verificada.',
    )
  })

  test('her cashier reads nothing of it', async () => {
    await seedCopy()
    const [beto] = await rosa.db.insert(staff).values({ name: 'Beto', role: 'cajera', createdAt: now })
    const asBeto = await coOwner(databases, { ...rosa, staff: { ...rosa.staff, id: beto.insertId } })
    expect(await lineOf(path, { ...rosa, ...asBeto })).not.toContain('opia verificada')
  })
})

test('where nothing was copied yet, it says so calmly', async () => {
  const young = testApp(testServices(databases, { clock: () => hours(24 * 9 - 1) }))
  const page = await (await (await young.as(rosa))('/')).text()
  expect(page).toContain('Tu primera copia se hace esta noche.')
  expect(page).not.toContain('strip-amber')
})

describe('which copy counts', () => {
  const last = () => lastCopy(databases.admin, rosa.tenant, now)
  test('a verified one, although a newer one waits', async () => {
    await seedCopy({ takenAt: hours(30), night: '2026-11-22', salesMade: 7 })
    await seedCopy({ verifiedAt: null, contentHash: 'b'.repeat(64) })
    expect(await last()).toMatchObject({ isVerified: true, takenAt: hours(30), salesMade: 7 })
  })
  test('until a newer one that holds the same', async () => {
    await seedCopy({ takenAt: hours(40), night: '2026-11-21' })
    await seedCopy({ verifiedAt: null })
    expect(await last()).toMatchObject({ isVerified: true, takenAt: hours(5.8) })
  })
  test('none that failed, and none of another business that once had this number', async () => {
    await seedCopy({ status: 'failed', problem: 'different' })
    await seedCopy({ uid: randomUUID() })
    expect(await last()).toBeNull()
  })
})

describe('the operator', () => {
  test('sees on «Hoy» and in the table who is in no verified copy, and nobody else', async () => {
    const { admin } = databases
    const seed = async (businessName: string, trialStartedAt = hours(24 * 9)) => {
      const uid = randomUUID()
      const id = await seedBusiness(admin, { tenant: { uid, businessName, trialStartedAt } }, now)
      return { tenantId: id, uid }
    }
    const [never, old, held] = [await seed('Nunca'), await seed('Antigua'), await seed('Dudosa')]
    const safe = await seed('Segura')
    const unchanged = await seed('Cerrada')
    await seed('Recién llegada', hours(3))
    await seedCopy()
    await seedCopy({ ...old, takenAt: hours(24 * 5), night: '2026-11-18' })
    await seedCopy({ ...held, status: 'failed', problem: 'different' })
    await seedCopy({ ...safe, takenAt: hours(35.9), night: '2026-11-22' })
    await seedCopy({ ...unchanged, takenAt: hours(24 * 5), night: '2026-11-18' })
    await seedCopy({ ...unchanged, takenAt: hours(6), verifiedAt: null })

    const found = await uncovered(admin, now)
    expect(found).toEqual([
      { tenantId: never.tenantId, businessName: 'Nunca', safeUntil: null },
      { tenantId: old.tenantId, businessName: 'Antigua', safeUntil: hours(24 * 5) },
      { tenantId: held.tenantId, businessName: 'Dudosa', safeUntil: null },
    ])
    const asOlga = await operatorApp(testServices(databases, { clock: () => now }))
    const hoy = (await (await asOlga('/')).text()).replaceAll('\u00a0', ' ')
    const warning = /aria-labelledby="sin-copia".*?<\/section>/s.exec(hoy)?.[0] ?? ''
    expect(warning).toContain('3 negocios sin copia verificada')
    expect(warning).toMatch(
      /Nunca.*Nunca tuvo una.*Antigua.*La última es de mié 18 nov, 9:00 a\. m\..*Dudosa/s,
    )
    expect(warning).not.toMatch(/Segura|Cerrada|Recién|Rosita/)
    const table = await (await asOlga('/negocios')).text()
    expect(table.match(/Sin copia al día/g)).toHaveLength(3)
    expect(await (await asOlga(`/negocios/${never.tenantId}`)).text()).toContain('más de 36 horas sin copia')
  })

  test('reads nothing of it where all is well', async () => {
    await databases.admin.update(tenants).set({ status: 'BORRADO' }).where(ne(tenants.id, rosa.tenant.id))
    await seedCopy()
    const asOlga = await operatorApp(testServices(databases, { clock: () => now }))
    expect(await (await asOlga('/')).text()).not.toContain('sin copia')
  })
})
