import { randomUUID } from 'node:crypto'
import { and, asc, count, eq } from 'drizzle-orm'
import { databaseName } from '#src/db/accounts.ts'
import type { AdminDb, AdminTx } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { errno, errnoOf } from '#src/db/errors.ts'
import { createTables } from '#src/db/migrate.ts'
import type { Provisioner } from '#src/db/provisioner.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { forget, identity, leaseFrom } from './spares-discarded.ts'

export { discardHalfMade } from './spares-discarded.ts'

/** Ids in a row whose database already stands: more means that somebody should look. */
const takenNamesAtMost = 50

/** Each is told before it happens, so that a test can stop there. */
export type SpareStep = 'row' | 'database' | 'account' | 'tables' | 'business' | 'ready'
type Hook = (step: SpareStep) => void | Promise<void>

/**
 * A spare is taken in the same transaction as the user and the membership, by primary key, past rows that
 * others hold: an UPDATE with LIMIT 1 died in 593 of 640 claims (OPERATIONS.md, section 1). null: there is
 * none, make one with `makeSpare` and claim again.
 */
export async function claimSpare(tx: AdminTx): Promise<TenantIdentity | null> {
  const [spare] = await tx
    .select(identity)
    .from(tenants)
    .where(eq(tenants.status, 'RESERVA'))
    .orderBy(asc(tenants.id))
    .limit(1)
    .for('update', { skipLocked: true })
  if (!spare) return null
  await tx.update(tenants).set({ status: 'ACTIVO' }).where(eq(tenants.id, spare.id))
  return spare
}

/**
 * Makes a database ahead of its owner: row, database, account, tables, the business with the uid and its owner
 * as staff 1, and only then RESERVA. Dying anywhere leaves a row CREANDO, which `discardHalfMade` undoes.
 */
export async function makeSpare(
  databases: Databases,
  now: Date,
  hook: Hook = () => {},
): Promise<TenantIdentity> {
  return databases.provision(async (root) => {
    for (let taken = 0; taken <= takenNamesAtMost; taken++) {
      await hook('row')
      const tenant = await insertRow(databases.admin, now)
      await hook('database')
      if (!(await createDatabase(databases.admin, root, tenant))) continue
      await finish(databases, root, tenant, now, hook)
      return tenant
    }
    throw new Error(`${takenNamesAtMost} databases stand where no business is registered`)
  })
}

/** Makes as many spares as are missing. Two processes at once may make one too many, which does no harm. */
export async function keepSpares(databases: Databases, howMany: number, now: Date): Promise<number> {
  let made = 0
  while ((await countSpares(databases.admin)) < howMany) {
    await makeSpare(databases, now)
    made++
  }
  return made
}

async function insertRow(admin: AdminDb, now: Date): Promise<TenantIdentity> {
  const uid = randomUUID()
  const row = await inTransaction(admin, async (tx) => {
    // The name follows from the number, which only the insert knows; until then the uid keeps it unique.
    const values = {
      uid,
      nombreDb: uid,
      status: 'CREANDO',
      leaseUntil: leaseFrom(now),
      createdAt: now,
    } as const
    const [{ insertId: id }] = await tx.insert(tenants).values(values)
    const nombreDb = databaseName(id, 1)
    await tx.update(tenants).set({ nombreDb }).where(eq(tenants.id, id))
    return { ok: true, tenant: { id, uid, generation: 1, nombreDb } }
  })
  return row.tenant
}

/** False where the name is taken: after an admin database came back from a copy it may be another owner's. */
async function createDatabase(admin: AdminDb, root: Provisioner, tenant: TenantIdentity): Promise<boolean> {
  try {
    await root.createTenantDatabase(tenant)
    return true
  } catch (error) {
    if (errnoOf(error) !== errno.databaseExists) throw error
    await forget(admin, tenant)
    return false
  }
}

async function finish(
  databases: Databases,
  root: Provisioner,
  tenant: TenantIdentity,
  now: Date,
  hook: Hook,
): Promise<void> {
  await hook('account')
  await root.createTenantAccount(tenant)
  await hook('tables')
  await createTables(databases, root, tenant)
  await hook('business')
  await root.query(`insert into staff (id, name, role, created_at) values (1, '', 'dueno', ?)`, [now])
  await root.query('insert into business (id, uid) values (1, ?)', [tenant.uid])
  await hook('ready')
  const [ready] = await databases.admin
    .update(tenants)
    .set({ status: 'RESERVA', leaseUntil: null })
    .where(
      // Whoever discards writes a lease of its own before it drops anything.
      and(eq(tenants.id, tenant.id), eq(tenants.status, 'CREANDO'), eq(tenants.leaseUntil, leaseFrom(now))),
    )
  if (ready.affectedRows !== 1) throw new Error(`spare ${tenant.id} was given up while it was being made`)
}

async function countSpares(admin: AdminDb): Promise<number> {
  const [row] = await admin.select({ spares: count() }).from(tenants).where(eq(tenants.status, 'RESERVA'))
  return row?.spares ?? 0
}
