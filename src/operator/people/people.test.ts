import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { auditLog, operatorRecoveryCodes, operatorSessions, operators } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Services } from '#src/http/env.ts'
import { sweepAccounts } from '#src/jobs/sweep.ts'
import { listOperators } from '#src/operator/queries.ts'
import { testDatabases, testPassword } from '../../../tests/support/database.ts'
import { testServices } from '../../../tests/support/http.ts'
import { operatorSession, testOperator } from '../../../tests/support/operator.ts'
import { createOperator, disableOperator, resetPassword, resetTotp } from './actions.ts'

let databases: Databases
let services: Services
const now = new Date()

beforeAll(async () => {
  databases = await testDatabases()
  services = testServices(databases)
})

test('one address is one person, also when two are made at once', async () => {
  const email = `doble-${crypto.randomUUID()}@smartket.test`
  const make = () => createOperator(services, { name: 'Olga', email, password: testPassword }, now)
  const made = await Promise.all([make(), make(), make()])
  expect(made.filter((one) => one.ok)).toHaveLength(1)
  const rows = await databases.admin.select().from(operators).where(eq(operators.email, email))
  expect(rows).toHaveLength(1)
  const codes = await databases.admin
    .select()
    .from(operatorRecoveryCodes)
    .where(eq(operatorRecoveryCodes.operatorId, rows[0]?.id ?? 0))
  expect(codes).toHaveLength(8)
})

test('an address that only looks like hers is nobody', async () => {
  const olga = await testOperator(services)
  const lookalike = olga.email.replace('olga', 'olgá')
  expect(await disableOperator(databases.admin, lookalike, now)).toEqual({ ok: false, problem: 'unknown' })
  expect(await resetTotp(services, lookalike, now)).toEqual({ ok: false, problem: 'unknown' })
  const reset = await resetPassword(services, { email: lookalike, password: testPassword }, now)
  expect(reset).toEqual({ ok: false, problem: 'unknown' })
})

test('a new secret replaces the old codes, and both acts are in the audit log without a secret', async () => {
  const olga = await testOperator(services)
  const reset = await resetTotp(services, olga.email, now)
  if (!reset.ok) throw new Error(reset.problem)
  expect(reset.secret).not.toBe(olga.secret)
  expect(reset.recoveryCodes.filter((code) => olga.recoveryCodes.includes(code))).toEqual([])
  await disableOperator(databases.admin, olga.email, now)
  const acts = await databases.admin.select().from(auditLog).where(eq(auditLog.operatorId, olga.id))
  expect(acts.map((row) => row.act)).toEqual(['operator.created', 'operator.totp-reset', 'operator.disabled'])
  expect(JSON.stringify(acts)).not.toContain(reset.secret)
})

test('the list tells who may enter and how many codes are left, and no secret', async () => {
  const olga = await testOperator(services)
  await databases.admin
    .update(operatorRecoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(operatorRecoveryCodes.operatorId, olga.id)))
    .limit(3)
  const mine = (await listOperators(databases.admin)).find((one) => one.id === olga.id)
  expect(mine).toMatchObject({ name: 'Olga', email: olga.email, active: true, codesLeft: 5 })
  expect(Object.keys(mine ?? {}).sort()).toEqual(['active', 'codesLeft', 'createdAt', 'email', 'id', 'name'])
})

test('sessions that were left without «Salir» are swept, living ones stay', async () => {
  const olga = await testOperator(services)
  const left = await operatorSession(databases, olga.id, new Date(now.getTime() - 30 * 60_000 - 1))
  const living = await operatorSession(databases, olga.id, new Date(now.getTime() - 60_000))
  expect(left).not.toBe(living)
  await sweepAccounts(databases.admin, now)
  const rows = await databases.admin
    .select()
    .from(operatorSessions)
    .where(eq(operatorSessions.operatorId, olga.id))
  expect(rows.map((row) => row.createdAt.getTime())).toEqual([now.getTime() - 60_000])
})
