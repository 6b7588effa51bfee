import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { databaseName } from '#src/db/accounts.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { errno, errnoOf, isConnectionLost } from '#src/db/errors.ts'
import { createTables } from '#src/db/migrate.ts'
import type { Provisioner } from '#src/db/provisioner.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { serversWithRoom } from '#src/servers/queries.ts'
import { forget, leaseFrom, undo } from './spares-discarded.ts'

/** Ids in a row whose database already stands: more means that somebody should look. */
const takenNamesAtMost = 50

/** Each is told before it happens, so that a test can stop there. */
export type SpareStep = 'row' | 'database' | 'account' | 'tables' | 'business' | 'ready'
type Hook = (step: SpareStep) => void | Promise<void>

/**
 * Makes a database ahead of its owner: row, database, account, tables, the business with the uid and its owner
 * as staff 1, and only then RESERVA. Dying anywhere leaves a row CREANDO, which `discardHalfMade` undoes. It is
 * made where there is most room; a server that does not answer leaves it to the next.
 */
export async function makeSpare(
  databases: Databases,
  clock: () => Date,
  hook: Hook = () => {},
): Promise<TenantIdentity> {
  const places = await serversWithRoom(databases)
  if (places.length === 0) throw new Error('no database server is open for new businesses')
  for (const [i, { id }] of places.entries()) {
    try {
      return await makeSpareOn(databases, id, clock, hook)
    } catch (error) {
      if (!isConnectionLost(error) || i === places.length - 1) throw error
    }
  }
  throw new Error('no database server took the new database')
}

async function makeSpareOn(
  databases: Databases,
  serverId: number,
  clock: () => Date,
  hook: Hook,
): Promise<TenantIdentity> {
  return databases.provision(async (root) => {
    for (let taken = 0; taken <= takenNamesAtMost; taken++) {
      await hook('row')
      const { tenant, lease } = await insertRow(databases.admin, serverId, clock())
      await hook('database')
      if (!(await createDatabase(databases.admin, root, tenant))) continue
      await finish(databases, root, { tenant, lease }, clock, hook)
      return tenant
    }
    throw new Error(`${takenNamesAtMost} databases stand where no business is registered`)
  }, serverId)
}

/** `lease` is what the row says: whoever writes another one has taken the making over, to undo it. */
type Making = { tenant: TenantIdentity; lease: Date }

async function insertRow(admin: AdminDb, serverId: number, now: Date): Promise<Making> {
  const uid = randomUUID()
  const lease = leaseFrom(now)
  const row = await inTransaction(admin, async (tx) => {
    // The name follows from the number, which only the insert knows; until then the uid keeps it unique.
    const values = {
      uid,
      nombreDb: uid,
      status: 'CREANDO',
      serverId,
      leaseUntil: lease,
      createdAt: now,
    } as const
    const [{ insertId: id }] = await tx.insert(tenants).values(values)
    const nombreDb = databaseName(id, 1)
    await tx.update(tenants).set({ nombreDb }).where(eq(tenants.id, id))
    return { ok: true, tenant: { id, uid, generation: 1, nombreDb, serverId } }
  })
  return { tenant: row.tenant, lease }
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
  making: Making,
  clock: () => Date,
  hook: Hook,
): Promise<void> {
  const { tenant } = making
  /** One sign of life before each step that may take long. */
  const next = async (step: SpareStep) => {
    await hook(step)
    await write(databases.admin, making, { leaseUntil: leaseFrom(clock()) })
  }
  try {
    await next('account')
    await root.createTenantAccount(tenant)
    await next('tables')
    await createTables(databases, root, tenant)
    await next('business')
    await root.query(`insert into staff (id, name, role, created_at) values (1, '', 'dueno', ?)`, [clock()])
    await root.query('insert into business (id, uid) values (1, ?)', [tenant.uid])
    await hook('ready')
    await write(databases.admin, making, { status: 'RESERVA', leaseUntil: null })
  } catch (error) {
    // Who gave us up may have dropped everything before the last that we made: nobody else knows of it.
    if (!(await isOurs(databases.admin, making))) await undo(databases, tenant)
    throw error
  }
}

/** Throws when somebody else has the lease: whoever discards writes one of its own before it drops anything. */
async function write(
  admin: AdminDb,
  making: Making,
  values: { status?: 'RESERVA'; leaseUntil: Date | null },
): Promise<void> {
  const [written] = await admin.update(tenants).set(values).where(oursStill(making))
  if (written.affectedRows !== 1)
    throw new Error(`spare ${making.tenant.id} was given up while it was being made`)
  if (values.leaseUntil) making.lease = values.leaseUntil
}

const isOurs = async (admin: AdminDb, making: Making) =>
  (await admin.$count(tenants, oursStill(making))) === 1

const oursStill = ({ tenant, lease }: Making) =>
  and(eq(tenants.id, tenant.id), eq(tenants.status, 'CREANDO'), eq(tenants.leaseUntil, lease))
