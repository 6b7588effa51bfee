import { randomBytes, randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { audit } from '#src/audit/actions.ts'
import { databaseName } from '#src/db/accounts.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { memberships, tenants, users } from '#src/db/admin-schema.ts'
import { withLease } from '#src/db/lease.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { migrationFiles } from '#src/db/migrations.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { createHasher } from '#src/http/hashing.ts'
import { serversWithRoom } from '#src/servers/queries.ts'
import { isRubro, rubroOf } from '#src/tenants/rubro.ts'
import { type RestoreContext, restoreLease } from '../actions.ts'
import { catchUp, type Filled, fillFromCopy, fillFromScratch } from '../filling/actions.ts'
import { inOwnFolder } from '../folder.ts'
import { type Plan, planRestore } from '../planning/queries.ts'
import { schemaAt, tenantRow } from '../queries.ts'
import { type From, untilOf } from '../restore.ts'
import { inScratch } from '../scratch/actions.ts'
import type { RestoreRefused } from '../texts.ts'

export type AsNewWish = { tenantId: number; from: From; at: Date | null; ownerEmail: string }
export type MadeNew = {
  ok: true
  tenant: TenantIdentity
  businessName: string
  ownerEmail: string
  /** She had no account: she enters by «¿Olvidaste tu contraseña?». */
  isNewOwner: boolean
}

/** Made within this time, or given up and undone by `discardHalfMade`. */
const makingMs = 3_600_000

/**
 * The copy as another business: another number, another uid, nobody of the old one's people but the owner who is
 * named, and no PIN (each is tied to the old uid). The old business is not touched; it may be long deleted.
 */
export async function restoreAsNew(
  context: RestoreContext,
  wish: AsNewWish,
): Promise<MadeNew | RestoreRefused> {
  const { databases, config } = context
  const leased = await withLease(databases.admin, restoreLease(wish.tenantId), () =>
    inOwnFolder(config.dataFolder, (downloads) => make(context, wish, downloads)),
  )
  return leased.ok ? leased.value : { ok: false, problem: 'held' }
}

async function make(
  context: RestoreContext,
  wish: AsNewWish,
  downloads: string,
): Promise<MadeNew | RestoreRefused> {
  const { databases, config, clock, onStep } = context
  onStep?.('looking')
  const source = await tenantRow(databases.admin, wish.tenantId)
  if (!source) return { ok: false, problem: 'no-tenant' }
  if (await entersElsewhere(context, wish.ownerEmail)) return { ok: false, problem: 'owner-taken' }
  const plan = await planRestore(databases, source, {
    ...{ from: wish.from, until: untilOf(wish.from, wish.at), now: clock() },
    ...{ dataFolder: config.dataFolder, downloads, store: context.store ?? null },
  })
  if (!plan.ok) return plan
  const [place] = await serversWithRoom(databases)
  if (!place) return { ok: false, problem: 'no-room' }
  const tenant = await insertRow(context, place.id)
  try {
    onStep?.('filling')
    const filled = await fill(context, plan, tenant, wish)
    if (!filled.ok) {
      await giveUp(context, tenant)
      return filled
    }
    await makeItsOwn(context, tenant, filled)
    return await handOver(context, tenant, source, wish.ownerEmail)
  } catch (error) {
    await giveUp(context, tenant).catch(() => {})
    throw error
  }
}

async function fill(
  { databases, config, signal }: RestoreContext,
  { scratch, copy, file, tenant: source, life }: Plan,
  tenant: TenantIdentity,
  { at }: AsNewWish,
): Promise<Filled | RestoreRefused> {
  const target = { serverId: tenant.serverId, database: tenant.nombreDb }
  if (!scratch) {
    const from = { path: copy?.path ?? file ?? '', uid: source.uid, entry: copy?.entry ?? null }
    return fillFromCopy(databases, from, target, signal)
  }
  const whose = { tenantId: source.id, uid: source.uid, generation: life.generation }
  const schema = await schemaAt(databases.admin, source.id, at)
  if (!schema.ok) return schema
  const never = new AbortController().signal
  return inScratch(
    config,
    scratch,
    (found) =>
      fillFromScratch(databases, found, { whose, schemaVersion: schema.version }, target, signal ?? never),
    signal,
  )
}

async function makeItsOwn(
  { databases }: RestoreContext,
  tenant: TenantIdentity,
  { schemaVersion }: Filled,
): Promise<void> {
  const files = migrationFiles('tenant')
  const newest = files.at(-1)?.version ?? 0
  await databases.provision(async (root) => {
    await root.query(`update \`${tenant.nombreDb}\`.business set uid = ? where id = 1`, [tenant.uid])
    await catchUp(root, tenant.nombreDb, { from: schemaVersion, to: newest })
    await root.query(`update \`${tenant.nombreDb}\`.staff set pin_hash = null`)
    await root.createTenantAccount(tenant)
  }, tenant.serverId)
  const now = new Date()
  await databases.admin.insert(schemaMigrations).values(
    files.map(({ version, name, hash, statements }) => ({
      ...{ tenantId: tenant.id, version, name, hash, state: 'done' as const },
      ...{ statements: statements.length, statementsDone: statements.length },
      ...{ startedAt: now, finishedAt: now },
    })),
  )
  await databases.admin.update(tenants).set({ schemaVersion: newest }).where(eq(tenants.id, tenant.id))
}

async function insertRow({ databases, clock }: RestoreContext, serverId: number): Promise<TenantIdentity> {
  const uid = randomUUID()
  const now = clock()
  const row = await inTransaction(databases.admin, async (tx) => {
    const leaseUntil = new Date(now.getTime() + makingMs)
    const values = { uid, nombreDb: uid, status: 'CREANDO', serverId, leaseUntil, createdAt: now } as const
    const [{ insertId: id }] = await tx.insert(tenants).values(values)
    const nombreDb = databaseName(id, 1)
    await tx.update(tenants).set({ nombreDb }).where(eq(tenants.id, id))
    return { ok: true, tenant: { id, uid, generation: 1, nombreDb, serverId } }
  })
  return row.tenant
}

/** One e-mail enters one business. */
async function entersElsewhere({ databases }: RestoreContext, email: string): Promise<boolean> {
  const rows = await databases.admin
    .select({ id: tenants.id })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .innerJoin(tenants, and(eq(tenants.id, memberships.tenantId), eq(tenants.status, 'ACTIVO')))
    .where(eq(users.email, email))
  return rows.length > 0
}

async function handOver(
  { databases, clock, config }: RestoreContext,
  tenant: TenantIdentity,
  source: { id: number; businessName: string | null; rubro: string | null },
  ownerEmail: string,
): Promise<MadeNew> {
  const now = clock()
  const rubro = source.rubro !== null && isRubro(source.rubro) ? source.rubro : 'otro'
  const businessName = `${(source.businessName ?? 'Negocio').slice(0, 110)} (copia)`
  // Nobody knows it: she makes her own by the link of «¿Olvidaste tu contraseña?».
  const password = randomBytes(32).toString('base64url')
  const passwordHash = await createHasher({ pepper: config.masterKey }).hash(password)
  return inTransaction(databases.admin, async (tx) => {
    const { userId, isNewOwner } = await ownerIn(tx, ownerEmail, passwordHash, now)
    await tx.insert(memberships).values({ userId, tenantId: tenant.id, staffId: ownerStaffId })
    await tx
      .update(tenants)
      .set({
        ...{ status: 'ACTIVO' as const, leaseUntil: null, businessName, rubro },
        ...{ plan: rubroOf(rubro).trialPlan, trialStartedAt: now },
      })
      .where(eq(tenants.id, tenant.id))
    const detail = { of: source.id, owner: userId }
    await audit(tx, { tenantId: tenant.id, act: 'tenant.restored-as-new', detail }, now)
    return { ok: true as const, tenant, businessName, ownerEmail, isNewOwner }
  })
}
/** The owner's row in every database. */
const ownerStaffId = 1

async function ownerIn(tx: AdminTx, email: string, passwordHash: string, now: Date) {
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (user) return { userId: user.id, isNewOwner: false }
  const [{ insertId }] = await tx.insert(users).values({ email, passwordHash, createdAt: now })
  return { userId: insertId, isNewOwner: true }
}

/**
 * A COMMIT whose answer was lost may have happened: then the business is there, and somebody may be in it. This
 * UPDATE waits for one that is still under way; from it on `discardHalfMade` may do the rest.
 */
async function giveUp({ databases, clock }: RestoreContext, tenant: TenantIdentity): Promise<void> {
  const half = and(eq(tenants.id, tenant.id), eq(tenants.status, 'CREANDO'))
  const [taken] = await databases.admin.update(tenants).set({ leaseUntil: clock() }).where(half)
  if (taken.affectedRows !== 1) return
  await databases.provision((root) => root.dropTenant(tenant), tenant.serverId)
  await databases.admin.delete(schemaMigrations).where(eq(schemaMigrations.tenantId, tenant.id))
  await databases.admin.delete(tenants).where(half)
}
