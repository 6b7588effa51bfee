import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memberships, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { business } from '#src/db/tenant-schema.ts'
import { ownDatabases, testTenant } from '../../../tests/support/database.ts'
import { testApp, testServices } from '../../../tests/support/http.ts'
import { flagRepeatedTrials } from './actions.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
})
afterAll(() => own.stop())

async function signUp(email: string) {
  const { app } = testApp(testServices(databases))
  const form = { email, password: 'pollo a la brasa', business_name: 'Pollería' }
  const answer = await app('/registro', { form })
  expect(answer.status).toBe(303)
  return flagsOf(email)
}

async function flagsOf(email: string) {
  const [row] = await databases.admin
    .select({ flags: tenants.flags, status: tenants.status })
    .from(tenants)
    .innerJoin(memberships, eq(memberships.tenantId, tenants.id))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(users.email, email))
  return row?.flags
}

test('the third trial of one mailbox is flagged, and opened all the same', async () => {
  expect(await signUp('carla.ramos@gmail.com')).toBe('')
  expect(await signUp('carlaramos+dos@gmail.com')).toBe('')
  expect(await signUp('c.arlaramos@gmail.com')).toBe('third-trial')
  expect(await signUp('carlaramos@hotmail.com')).toBe('')
})

test('an address for ten minutes is flagged, and opened all the same', async () => {
  expect(await signUp('nadie@guerrillamail.com')).toBe('disposable')
})

test('a sign-up with letters that mean something to SQL is nobody else’s mailbox', async () => {
  for (const email of ['%@pollos.pe', '_@pollos.pe', "o'hara@pollos.pe"]) expect(await signUp(email)).toBe('')
  expect(await signUp('rosa@pollos.pe')).toBe('')
})

test('the third business of one RUC is flagged at night, unless it pays', async () => {
  const ruc = '20100066603'
  const made = []
  for (let i = 0; i < 4; i++) {
    const one = await testTenant(`Pollería ${i}`, databases)
    await one.db.update(business).set({ ruc })
    made.push(one.tenant.id)
  }
  await databases.admin.update(tenants).set({ paidUntil: new Date() }).where(eq(tenants.id, made[3]!))
  for (let night = 0; night < 2; night++) await flagRepeatedTrials(databases)
  const rows = await databases.admin.select({ id: tenants.id, flags: tenants.flags }).from(tenants)
  const flags = new Map(rows.map((row) => [row.id, row.flags]))
  expect(made.map((id) => flags.get(id))).toEqual(['', '', 'third-trial', ''])
})
