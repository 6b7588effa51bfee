import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { shipLogs } from '#src/backups/store/logs/actions.ts'
import { sendNights } from '#src/backups/store/sending/actions.ts'
import { keptDatabases, tenantKeys, tenants, users } from '#src/db/admin-schema.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { claimSpare, makeSpare } from '#src/tenants/spares.ts'
import {
  type Installation,
  installation,
  livingDb,
  nextSecond,
  numbersOf,
  restored,
  sell,
  storeInMemory,
} from '../../../../tests/support/restoring.ts'
import { operatorKey } from '../../../../tests/support/store.ts'
import type { Shop } from '../../../../tests/support/till.ts'
import { restoreTenant } from '../actions.ts'
import { type RebuildContext, restoreAll } from './actions.ts'
import { rehearse } from './rehearsal/actions.ts'

// Each starts database servers of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const store = storeInMemory()
let old: Installation
let fresh: Installation
let context: RebuildContext
let wrongKey: RebuildContext
let rosa: Shop
let carla: Shop
let highest: number
let at: Date
const contents = new Map<number, string>()

const contentOf = async (from: Installation, database: string) =>
  (await fingerprint(from.databases.copies(), database)).contentHash

/** Rosa and Carla sell, the night goes to the store, Rosa sells on, a spare is made, and the machine is lost. */
beforeAll(async () => {
  old = await installation()
  rosa = await old.shop()
  carla = await old.shop('Bodega Carla')
  for (const shop of [rosa, carla]) await sell(shop)
  restored(
    await restoreTenant(old.context, { tenantId: carla.tenant.id, from: { kind: 'newest' }, at: null }),
  )
  await old.night()
  const { identity, recipient } = await operatorKey()
  const sending = { store, recipients: [recipient], dataFolder: old.dataFolder }
  const clock = () => new Date()
  const [sent] = await sendNights({ ...sending, admin: old.databases.admin, clock })
  expect(sent).toMatchObject({ ok: true, broken: [] })
  at = await nextSecond()
  await sell(rosa)
  highest = (await makeSpare(old.databases, clock)).id
  expect(await shipLogs({ ...sending, databases: old.databases })).toMatchObject({ ok: true, failed: [] })
  contents.set(rosa.tenant.id, await contentOf(old, rosa.tenant.nombreDb))
  contents.set(carla.tenant.id, await contentOf(old, `db_cliente_${carla.tenant.id}_g2`))
  fresh = await installation()
  context = { ...fresh.context, access: { store, identities: [identity] } }
  const other = await operatorKey()
  wrongKey = { ...context, access: { store, identities: [other.identity] } }
}, 120_000)
afterAll(async () => {
  await old.stop()
  await fresh.stop()
})

test('a rehearsal opens and compares, and leaves nothing', async () => {
  const before = await fresh.databases.admin.$count(tenants)
  const done = await rehearse(context, { night: null, tenants: 1 })
  expect(done).toMatchObject({ ok: true, restored: 2, failed: [] })
  expect(await fresh.databases.admin.$count(tenants)).toBe(before)
})

test('another key opens nothing', async () => {
  expect(await restoreAll(wrongKey, { night: null })).toMatchObject({ ok: false, problem: 'no-key' })
})

test('an installation in use is not rebuilt', async () => {
  const again = { ...old.context, access: context.access }
  expect(await restoreAll(again, { night: null })).toMatchObject({ ok: false, problem: 'not-empty' })
})

describe('on a new machine, from the store alone', () => {
  beforeAll(async () => {
    const done = await restoreAll(context, { night: null })
    expect(done).toMatchObject({ ok: true, restored: 2, withLog: 1, failed: [] })
  }, 60_000)

  test('each business equals what was lost, to the last log that was sent', async () => {
    const all = await fresh.databases.admin.select().from(tenants).where(eq(tenants.status, 'ACTIVO'))
    expect(all.map(({ id, uid, busyUntil }) => [id, uid, busyUntil])).toEqual([
      [rosa.tenant.id, rosa.tenant.uid, null],
      [carla.tenant.id, carla.tenant.uid, null],
    ])
    for (const { id, nombreDb } of all) expect(await contentOf(fresh, nombreDb)).toBe(contents.get(id))
    expect(await numbersOf(fresh.databases, rosa.tenant.id)).toEqual([1, 2])
  })

  test('people, keys and what was kept are as they must be here', async () => {
    const { admin } = fresh.databases
    expect(await admin.$count(users)).toBe(2)
    expect(await admin.$count(tenantKeys)).toBe(2)
    const kept = await admin.select().from(keptDatabases)
    expect(kept.map((row) => row.droppedAt === null)).toEqual([false])
  })

  test('Beto sells on with the next number', async () => {
    const db = await livingDb(fresh.databases, rosa.tenant.id)
    expect(await sell(rosa, db)).toBe('NV01-000003')
  })

  test('no number of a business comes twice, not even of a spare of which nobody has a copy', async () => {
    const spare = await makeSpare(fresh.databases, () => new Date())
    expect(spare.id).toBeGreaterThan(highest)
    const claimed = await inTransaction(fresh.databases.admin, async (tx) => ({
      ok: true as const,
      spare: await claimSpare(tx),
    }))
    expect(claimed.spare?.id).toBe(spare.id)
  })

  test('to a second before the loss: by the log of the old server, whatever the new one calls by its name', async () => {
    const { databases } = fresh
    // As many logs as the old one had: their names are the same.
    for (let i = 0; i < 6; i++) await databases.provision((root) => root.query('flush binary logs'))
    const done = restored(
      await restoreTenant(
        { ...context, store: context.access },
        { tenantId: rosa.tenant.id, from: { kind: 'store', night: null }, at },
      ),
    )
    expect(done.logReadUpTo?.getTime()).toBeLessThanOrEqual(at.getTime())
    expect(await numbersOf(databases, rosa.tenant.id)).toEqual([1])
    expect(await sell(rosa, await livingDb(databases, rosa.tenant.id))).toBe('NV01-000004')
  })
})
