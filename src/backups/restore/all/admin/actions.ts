import { and, eq, inArray, isNull } from 'drizzle-orm'
import { recoverKeys } from '#src/backups/store/keys/recovery.ts'
import { adminDatabase, charset } from '#src/db/accounts.ts'
import { backups, keptDatabases, tenants, workLeases } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { migrateAdmin } from '#src/db/migrate.ts'
import type { RestoreContext } from '../../actions.ts'
import type { NightElsewhere, StoreAccess } from '../../elsewhere/queries.ts'
import { type Filled, fillFromCopy, fillFromScratch } from '../../filling/actions.ts'
import { hasDatabase } from '../../queries.ts'
import { inScratch, type ScratchPlan } from '../../scratch/actions.ts'
import type { RestoreRefused } from '../../texts.ts'
import { firstFreeId, rebuilding } from '../queries.ts'

/** Where the tables wait before they take the place of the empty ones. */
const arriving = 'smartket_admin_arriving'
/** Where the empty ones go, to be dropped. */
const leaving = 'smartket_admin_leaving'

/** The admin database: its copy, then what the log has of it. */
export async function bringAdmin(
  context: RestoreContext,
  scratch: ScratchPlan,
): Promise<Filled | RestoreRefused> {
  const { databases, config, signal } = context
  const copy = scratch.copy
  if (!copy) return { ok: false, problem: 'no-copy' }
  const target = { serverId: 1, database: arriving }
  await databases.provision((root) => root.query(`drop database if exists ${arriving}`))
  const filled =
    scratch.until.kind === 'copy'
      ? await fillFromCopy(
          databases,
          { path: copy.path, uid: scratch.uid, entry: copy.entry },
          target,
          signal,
        )
      : await inScratch(
          config,
          scratch,
          (found) => {
            const whose = { tenantId: 0, uid: scratch.uid, generation: 1 }
            const never = new AbortController().signal
            return fillFromScratch(
              databases,
              found,
              { whose, schemaVersion: found.schemaVersion },
              target,
              signal ?? never,
            )
          },
          signal,
        )
  if (!filled.ok) return filled
  await takePlace(databases)
  await migrateAdmin(databases)
  return filled
}

/**
 * Both ways in one statement, since the database itself has connections: whoever looks finds the one or the other.
 * Foreign keys follow their tables.
 */
async function takePlace(databases: Databases): Promise<void> {
  await databases.provision(async (root) => {
    const moved = async (from: string, to: string) => {
      const rows = (await root.query(
        'select table_name as name from information_schema.tables where table_schema = ?',
        [from],
      )) as { name: string }[]
      return rows.map(({ name }) => `\`${from}\`.\`${name}\` to \`${to}\`.\`${name}\``)
    }
    await root.query(`drop database if exists ${leaving}`)
    await root.query(`create database ${leaving} ${charset}`)
    await root.query('set session foreign_key_checks = 0')
    const moves = [...(await moved(adminDatabase, leaving)), ...(await moved(arriving, adminDatabase))]
    await root.query(`rename table ${moves.join(', ')}`)
    await root.query(`drop database ${leaving}`)
    await root.query(`drop database ${arriving}`)
    await root.query('set session foreign_key_checks = 1')
  })
}

/** A hundred years: nobody is let in before its database is there, however long that takes. */
const untilThere = new Date('2126-01-01T00:00:00Z')

/**
 * What the books of the old machine say and is not so on this one: spares, databases that were kept, files of
 * copies, work under way. Safe to repeat, as long as no business is back yet.
 */
export async function adaptBooks(
  { databases, clock }: RestoreContext,
  access: StoreAccess,
  night: NightElsewhere,
): Promise<void> {
  const { admin } = databases
  const now = clock()
  await admin
    .update(tenants)
    .set({ busyUntil: untilThere, busyReason: rebuilding })
    .where(eq(tenants.status, 'ACTIVO'))
  // Their numbers never come back; new spares are made by themselves.
  await admin
    .update(tenants)
    .set({ status: 'BORRADO', leaseUntil: null })
    .where(inArray(tenants.status, ['RESERVA', 'CREANDO']))
  await forgetKeptElsewhere(databases, now)
  await admin.update(backups).set({ isLocal: false }).where(eq(backups.isLocal, true))
  await admin.delete(workLeases)
  const elsewhere = (await admin.selectDistinct({ id: tenants.serverId }).from(tenants))
    .map(({ id }) => id)
    .filter((id) => !databases.servers.has(id))
  if (elsewhere.length > 0) {
    await admin
      .update(tenants)
      .set({ serverId: 1 })
      .where(and(inArray(tenants.serverId, elsewhere)))
  }
  await recoverKeys(admin, access.store, access.identities)
  const next = await firstFreeId(databases, access, night)
  await databases.provision((root) =>
    root.query(`alter table \`${adminDatabase}\`.tenants auto_increment = ${Math.round(next)}`),
  )
}

/** On a new machine none of them is there. */
async function forgetKeptElsewhere(databases: Databases, now: Date): Promise<void> {
  const { admin, servers, provision } = databases
  for (const kept of await admin.select().from(keptDatabases).where(isNull(keptDatabases.droppedAt))) {
    const isThere =
      servers.has(kept.serverId) &&
      (await provision((root) => hasDatabase(root, kept.nombreDb), kept.serverId))
    if (isThere) continue
    await admin.update(keptDatabases).set({ droppedAt: now }).where(eq(keptDatabases.id, kept.id))
  }
}
