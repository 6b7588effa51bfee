import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { keptDatabases } from '#src/db/admin-schema.ts'
import { type Installation, installation, restored, sell } from '../../../../tests/support/restoring.ts'
import { restoreTenant } from '../actions.ts'
import { goBack, previewBack } from './actions.ts'

// Starts a database server of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let here: Installation
beforeAll(async () => {
  here = await installation()
})
afterAll(() => here.stop())

test('what a move left behind is no restore to go back from', async () => {
  const shop = await here.shop()
  const { id, nombreDb } = shop.tenant
  await sell(shop)
  const newest = { from: { kind: 'newest' }, at: null } as const
  restored(await restoreTenant(here.context, { tenantId: id, ...newest }))
  expect(await previewBack(here.context, id)).toMatchObject({ ok: true, data: { to: nombreDb } })

  await here.databases.admin.update(keptDatabases).set({ why: 'move' }).where(eq(keptDatabases.tenantId, id))
  expect(await previewBack(here.context, id)).toEqual({ ok: false, problem: 'no-kept' })
  expect(await goBack(here.context, { tenantId: id })).toEqual({ ok: false, problem: 'no-kept' })
})
