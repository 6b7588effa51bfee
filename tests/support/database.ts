import { eq } from 'drizzle-orm'
import { afterAll, inject } from 'vitest'
import { memberships, tenants, users } from '#src/db/admin-schema.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { migrateAdmin } from '#src/db/migrate.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import { branches, business, categories, products, registers, series, staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { createHasher } from '#src/http/hashing.ts'
import { findTenant, type Tenant } from '#src/tenants/queries.ts'
import { claimSpare, makeSpare } from '#src/tenants/spares.ts'
import { type ServerOptions, startTestServer } from './server.ts'

export const testMasterKey = Buffer.alloc(32, 7)
export const testPassword = 'pollo a la brasa'

let opened: Promise<Databases> | undefined

/** The databases of this run: one server and one admin database for all test files. */
export function testDatabases(): Promise<Databases> {
  opened ??= open()
  return opened
}

async function open(): Promise<Databases> {
  const databases = await openDatabases({
    server: inject('testServer'),
    masterKey: testMasterKey,
    connections: 12,
  })
  await migrateAdmin(databases)
  return databases
}

afterAll(async () => {
  const databases = await opened
  opened = undefined
  await databases?.close()
})

/** A server and an admin database of one file's own, for what counts rows that other files make. */
export async function ownDatabases(options: ServerOptions = {}) {
  const server = await startTestServer(options)
  const all: Databases[] = []
  const open = async () => {
    const databases = await openDatabases({
      server: server.address,
      masterKey: testMasterKey,
      connections: 12,
    })
    all.push(databases)
    return databases
  }
  const databases = await open()
  await migrateAdmin(databases)
  return {
    databases,
    address: server.address,
    /** As a second process would. */
    open,
    async stop() {
      await Promise.all(all.map((databases) => databases.close()))
      await server.stop()
    },
  }
}

export type TestTenant = {
  tenant: Tenant
  db: TenantDb
  user: { id: number; email: string; emailConfirmedAt: Date | null }
  staff: { id: number; name: string; role: 'dueno' }
}

let owners = 0
let passwordHash: Promise<string> | undefined

/** A business as it stands after sign-up: Rosa owns it, and has not begun the wizard. */
export async function testTenant(
  businessName = 'Pollería Rosita',
  databases?: Databases,
): Promise<TestTenant> {
  const from = databases ?? (await testDatabases())
  const now = new Date()
  const email = `rosa+${process.pid}-${++owners}@example.test`
  passwordHash ??= createHasher({ pepper: testMasterKey }).hash(testPassword)
  const hash = await passwordHash
  for (;;) {
    const signedUp = await inTransaction(from.admin, async (tx) => {
      const spare = await claimSpare(tx)
      if (!spare) return { ok: false as const }
      const [{ insertId: userId }] = await tx
        .insert(users)
        .values({ email, passwordHash: hash, emailConfirmedAt: null, createdAt: now })
      await tx.insert(memberships).values({ userId, tenantId: spare.id, staffId: 1 })
      await tx
        .update(tenants)
        .set({ businessName, rubro: 'polleria', plan: 'TRIAL_POLLERIA', trialStartedAt: now })
        .where(eq(tenants.id, spare.id))
      return { ok: true as const, tenantId: spare.id, userId }
    })
    if (!signedUp.ok) {
      await makeSpare(from, () => now)
      continue
    }
    const tenant = await findTenant(from.admin, signedUp.tenantId)
    if (!tenant) throw new Error('the tenant that was just claimed is not there')
    const owner = { id: 1, name: '', role: 'dueno' as const }
    return {
      tenant,
      db: from.tenant(tenant),
      user: { id: signedUp.userId, email, emailConfirmedAt: null },
      staff: owner,
    }
  }
}

export type ReadyTenant = TestTenant & {
  branchId: number
  registerId: number
  products: { quarter: number; whole: number; soda: number }
}

/** The wizard passed: one local, one caja with NV01, three products. The regime is RUS: no tax on the ticket. */
export async function readyTenant(businessName?: string, databases?: Databases): Promise<ReadyTenant> {
  const made = await testTenant(businessName, databases)
  const { db } = made
  const now = new Date()
  await db.update(staff).set({ name: 'Rosa' }).where(eq(staff.id, 1))
  await db.update(business).set({ legalName: 'ROSA QUISPE MAMANI', regime: 'rus', setupStep: 4 })
  const [{ insertId: branchId }] = await db
    .insert(branches)
    .values({ name: made.tenant.businessName, address: 'Av. Grau 123, Lima', createdAt: now })
  const [{ insertId: registerId }] = await db
    .insert(registers)
    .values({ branchId, name: 'Caja 1', createdAt: now })
  await db.insert(series).values({ registerId, documentType: 'nota_venta', code: 'NV01' })
  const [{ insertId: chicken }] = await db.insert(categories).values({ name: 'Pollos', position: 1 })
  const [{ insertId: drinks }] = await db.insert(categories).values({ name: 'Bebidas', position: 2 })
  const add = async (categoryId: number, name: string, priceCentimos: number, position: number) => {
    const [{ insertId }] = await db
      .insert(products)
      .values({ categoryId, name, priceCentimos, position, createdAt: now, updatedAt: now })
    return insertId
  }
  return {
    ...made,
    staff: { ...made.staff, name: 'Rosa' },
    branchId,
    registerId,
    products: {
      quarter: await add(chicken, '1/4 pollo', 1500, 1),
      whole: await add(chicken, 'Pollo entero', 5800, 2),
      soda: await add(drinks, 'Inca Kola 1.5 L', 900, 3),
    },
  }
}
