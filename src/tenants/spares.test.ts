import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { eq, inArray, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { memberships, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { errno, errnoOf } from '#src/db/errors.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { newestVersion } from '#src/db/migrations.ts'
import { business, registers, staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { ownDatabases, testTenant } from '../../tests/support/database.ts'
import { findTenant, listTenants } from './queries.ts'
import { claimSpare, discardHalfMade, keepSpares, makeSpare, type SpareStep } from './spares.ts'

const now = new Date('2026-11-23T17:00:00.000Z')
const clock = () => now
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const steps: SpareStep[] = ['row', 'database', 'account', 'tables', 'business', 'ready']

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
})
afterAll(() => own.stop())
afterEach(async () => {
  await databases.admin.delete(tenants).where(inArray(tenants.status, ['RESERVA', 'CREANDO']))
})

describe('a business that signs up', () => {
  test('finds its database ready: the owner is staff 1 and has no name yet', async () => {
    const rosa = await testTenant('Pollería Rosita', databases)
    expect(await rosa.db.select().from(staff)).toMatchObject([{ id: 1, role: 'dueno', name: '' }])
    expect(await rosa.db.select().from(business)).toMatchObject([
      { id: 1, uid: rosa.tenant.uid, setupStep: 0, regime: 'unknown', currency: 'PEN' },
    ])
    // Made without checks, the foreign keys are there all the same.
    const orphan = rosa.db.insert(registers).values({ branchId: 99, name: 'Caja 1', createdAt: now })
    await expect(orphan).rejects.toSatisfy((error) => errnoOf(error) === 1452)
    expect(rosa.tenant).toMatchObject({
      nombreDb: `db_cliente_${rosa.tenant.id}`,
      generation: 1,
      businessName: 'Pollería Rosita',
      rubro: 'polleria',
      trial: { trialDays: 14, trialSales: 100, trialRule: 'last', trialMaxDays: 45 },
    })
  })

  test("stands in the founding document's own query", async () => {
    const { tenant } = await testTenant('Pollería Rosita', databases)
    const [rows] = await databases.admin.execute(sql`SELECT nombre_db FROM tenants WHERE status = 'ACTIVO'`)
    expect(rows).toContainEqual({ nombre_db: tenant.nombreDb })
    expect((await listTenants(databases.admin)).map(({ id }) => id)).toContain(tenant.id)
  })

  test('is nobody while it is a spare', async () => {
    const spare = await makeSpare(databases, clock)
    expect(await findTenant(databases.admin, spare.id)).toBeNull()
  })

  test('finds none ready: it is told so, and nothing waits', async () => {
    const claimed = await inTransaction(databases.admin, async (tx) => ({
      ok: true,
      spare: await claimSpare(tx),
    }))
    expect(claimed.spare).toBeNull()
  })
})

describe('sixteen sign-ups at a time', () => {
  test('640 of them take 640 different databases, and none fails', async () => {
    const rows = Array.from({ length: 640 }, (_, i) => ({
      uid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      nombreDb: `made_up_${i}`,
      status: 'RESERVA' as const,
      schemaVersion: newestVersion(),
      createdAt: now,
    }))
    await databases.admin.insert(tenants).values(rows)
    const claimed: number[] = []
    const client = async () => {
      for (let i = 0; i < 40; i++) {
        const { spare } = await inTransaction(databases.admin, async (tx) => ({
          ok: true,
          spare: await claimSpare(tx),
        }))
        if (spare) claimed.push(spare.id)
      }
    }
    await Promise.all(Array.from({ length: 16 }, client))
    expect(claimed).toHaveLength(640)
    expect(new Set(claimed).size).toBe(640)
    await databases.admin.delete(tenants).where(inArray(tenants.id, claimed))
  })
})

describe('two sign-ups at once with one e-mail', () => {
  const signUp = (email: string) =>
    inTransaction(databases.admin, async (tx) => {
      const spare = await claimSpare(tx)
      if (!spare) return { ok: false, problem: 'no-spare' }
      try {
        const [{ insertId: userId }] = await tx
          .insert(users)
          .values({ email, passwordHash: 'x', createdAt: now })
        await tx.insert(memberships).values({ userId, tenantId: spare.id, staffId: 1 })
      } catch (error) {
        if (errnoOf(error) !== errno.duplicateEntry) throw error
        return { ok: false, problem: 'email-taken' }
      }
      return { ok: true, problem: '' }
    })

  test('make one account, and the spare of the other stays a spare', async () => {
    await keepSpares(databases, 2, clock)
    const results = await Promise.all([signUp('rosa@example.test'), signUp('rosa@example.test')])
    expect(results.map((r) => r.problem).toSorted()).toEqual(['', 'email-taken'])
    expect(await databases.admin.$count(users, eq(users.email, 'rosa@example.test'))).toBe(1)
    expect(await databases.admin.$count(tenants, eq(tenants.status, 'RESERVA'))).toBe(1)
  })
})

describe('spares', () => {
  test('are made until there are enough', async () => {
    expect(await keepSpares(databases, 2, clock)).toBe(2)
    expect(await keepSpares(databases, 2, clock)).toBe(0)
  })

  test('never take a database that stands already: it may hold another owner', async () => {
    const last = await makeSpare(databases, clock)
    const taken = `db_cliente_${last.id + 1}`
    await databases.provision(async (root) => {
      await root.query(`create database ${taken}`)
      await root.query(`create table ${taken}.business (id int, uid char(36))`)
      await root.query(`insert into ${taken}.business values (1, 'of another owner')`)
    })
    const next = await makeSpare(databases, clock)
    expect(next.id).toBe(last.id + 2)
    await discardHalfMade(databases, minutesLater(60))
    expect(await databasesNamed(taken)).toEqual([taken])
  })
})

describe('a spare whose maker dies', () => {
  test.each(steps)('before «%s» leaves nothing behind once it is discarded', async (deadly) => {
    const before = await traces()
    const dying = makeSpare(databases, clock, (step) => {
      if (step === deadly) throw new Error('killed')
    })
    await expect(dying).rejects.toThrow('killed')

    expect(await discardHalfMade(databases, minutesLater(1))).toBe(0) // its maker may still live
    await discardHalfMade(databases, minutesLater(3))
    expect(await traces()).toEqual(before)
    expect(await discardHalfMade(databases, minutesLater(9))).toBe(0)
  })

  test('never gets its number back', async () => {
    const dead = await makeSpare(databases, clock)
    await databases.admin
      .update(tenants)
      .set({ status: 'CREANDO', leaseUntil: now })
      .where(eq(tenants.id, dead.id))
    expect(await discardHalfMade(databases, minutesLater(1))).toBe(1)
    expect((await makeSpare(databases, clock)).id).toBeGreaterThan(dead.id)
  })

  test('that lives on after it was given up hands out nothing', async () => {
    const slow = makeSpare(databases, clock, async (step) => {
      if (step === 'ready') await discardHalfMade(databases, minutesLater(3))
    })
    await expect(slow).rejects.toThrow('given up')
    expect(await databases.admin.$count(tenants, eq(tenants.status, 'RESERVA'))).toBe(0)
  })

  test.each(steps.slice(1))(
    'that is given up before «%s» and lives on takes away what it made',
    async (late) => {
      const before = await traces()
      const slow = makeSpare(databases, clock, async (step) => {
        if (step === late) await discardHalfMade(databases, minutesLater(3))
      })
      await expect(slow).rejects.toThrow('given up')
      expect(await traces()).toEqual(before)
    },
  )

  test('that lives on while it is being discarded hands out nothing', async () => {
    const before = await traces()
    const slow = makeSpare(databases, clock, async (step) => {
      // Between the discarder's lease and its DROP.
      if (step === 'ready') await databases.admin.update(tenants).set({ leaseUntil: minutesLater(5) })
    })
    await expect(slow).rejects.toThrow('given up')
    expect({ ...(await traces()), rows: before.rows }).toEqual(before)
  })

  test('that is only slow shows with each step that it lives, and is not given up', async () => {
    let minutes = 0
    const slowClock = () => minutesLater(minutes)
    const spare = await makeSpare(databases, slowClock, async () => {
      expect(await discardHalfMade(databases, slowClock())).toBe(0)
      minutes += 1
    })
    expect(await databases.admin.$count(tenants, eq(tenants.id, spare.id))).toBe(1)
  })

  test('one of several: each has an hour of its own', async () => {
    let minutes = 0
    await keepSpares(databases, 2, () => minutesLater(minutes++))
    const made = await databases.admin
      .select({ at: tenants.createdAt })
      .from(tenants)
      .where(eq(tenants.status, 'RESERVA'))
    expect(new Set(made.map(({ at }) => at.getTime())).size).toBe(2)
  })

  test('whose database holds somebody else’s sales loses its row and nothing else', async () => {
    const half = await makeSpare(databases, clock)
    await databases.provision((root) =>
      root.query(`update ${half.nombreDb}.business set uid = 'of another owner'`),
    )
    await databases.admin
      .update(tenants)
      .set({ status: 'CREANDO', leaseUntil: now })
      .where(eq(tenants.id, half.id))
    expect(await discardHalfMade(databases, minutesLater(1))).toBe(1)
    expect(await databasesNamed(half.nombreDb)).toEqual([half.nombreDb])
  })

  test('by kill -9 of the process leaves nothing behind either', async () => {
    const before = await traces()
    for (const step of ['account', 'business'] as const) {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, '../../tests/support/dying-maker.ts')],
        {
          stdio: ['pipe', 'inherit', 'inherit'],
        },
      )
      child.stdin.end(JSON.stringify({ server: own.address, step, now }))
      const signal = await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
      expect(signal).toBe('SIGKILL')
    }
    expect(await databases.admin.$count(tenants, eq(tenants.status, 'CREANDO'))).toBe(2)
    expect(await discardHalfMade(databases, minutesLater(3))).toBe(2)
    expect(await traces()).toEqual(before)
  })
})

/** Everything by which a half-made tenant could still be seen. */
async function traces() {
  const accounts = await databases.provision((root) =>
    root.query(`select user from mysql.global_priv where user like 'cliente%' order by user`),
  )
  return {
    rows: await databases.admin.select({ id: tenants.id }).from(tenants),
    runs: await databases.admin.$count(schemaMigrations),
    databases: await databasesNamed('db_cliente_%'),
    accounts,
  }
}

async function databasesNamed(pattern: string): Promise<string[]> {
  const rows = (await databases.provision((root) =>
    root.query(
      'select schema_name as name from information_schema.schemata where schema_name like ? order by 1',
      [pattern],
    ),
  )) as { name: string }[]
  return rows.map(({ name }) => name)
}
