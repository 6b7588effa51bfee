import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { signIn } from '#src/accounts/actions.ts'
import { findOwner } from '#src/accounts/queries.ts'
import { readConfig } from '#src/config.ts'
import { cashSessions, products, sales, series, stockLevels } from '#src/db/tenant-schema.ts'
import { createLog } from '#src/log.ts'
import { servicesOf } from '#src/services.ts'
import { findTenant } from '#src/tenants/queries.ts'
import { testDatabases } from '../../tests/support/database.ts'
import { demoEmail, makeDemo } from './actions.ts'

const folder = mkdtempSync(join(tmpdir(), 'smartket-demo-'))
afterAll(() => rmSync(folder, { recursive: true }))
const now = new Date('2026-11-23T15:00:00Z')

async function services() {
  const answer = readConfig({ SMARTKET_DATA: folder, SMARTKET_SPARES: '0' })
  if (!answer.ok) throw new Error(answer.problems.join())
  return servicesOf(answer.config, await testDatabases(), createLog({ logLevel: 'silent' }))
}

test('the demo signs in to a pollería with a week behind it, and asking again changes nothing', async () => {
  const own = await services()
  const made = await makeDemo(own, now)
  const again = await makeDemo(own, new Date('2026-11-26T15:00:00Z'))
  expect(again).toEqual(made)
  expect(made.salesMade).toBeGreaterThan(280)
  expect(await signIn(own, made)).toMatchObject({ ok: true })

  const owner = await findOwner(own.databases.admin, demoEmail)
  const tenant = await findTenant(own.databases.admin, owner!.tenantId)
  const db = own.databases.tenant(tenant!)
  const numbers = await db.select({ number: sales.number }).from(sales).orderBy(asc(sales.soldAt))
  expect(numbers.map((sale) => sale.number)).toEqual(numbers.map((_, index) => index + 1))
  expect(await db.select({ next: series.nextNumber }).from(series)).toEqual([{ next: numbers.length + 1 }])
  expect(
    await db
      .select({ n: sql`count(*)`.mapWith(Number) })
      .from(products)
      .where(eq(products.forSale, true)),
  ).toEqual([{ n: 23 }])
  expect(await db.select({ open: cashSessions.openSlot }).from(cashSessions)).toEqual(
    Array.from({ length: 7 }, () => ({ open: null })),
  )
  const [chickens] = await db.select().from(stockLevels)
  expect(chickens!.quantityThousandths % 125).toBe(0)
  expect(chickens!.quantityThousandths).toBeGreaterThan(0)
})
