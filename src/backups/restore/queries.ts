import { existsSync } from 'node:fs'
import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import { backupsFolder, copyPath, manifestsIn } from '#src/backups/folder.ts'
import { copiesOf, type Manifest } from '#src/backups/manifest.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { keptDatabases, tenants } from '#src/db/admin-schema.ts'
import { isBeingMigrated } from '#src/db/migration-progress.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import type { Provisioner } from '#src/db/provisioner.ts'
import type { Copy, EndedLife } from './restore.ts'

/** Every copy of one business (0: the admin database) that lies in the data folder and whose night finished. */
export function localCopies(dataFolder: string, tenantId: number): Copy[] {
  const folder = backupsFolder(dataFolder)
  return manifestsIn(folder)
    .flatMap((manifest) => copiesIn(folder, manifest))
    .filter(({ entry, path }) => entry.tenantId === tenantId && existsSync(path))
}

export const copiesIn = (folder: string, manifest: Manifest): Copy[] =>
  copiesOf(manifest).map((entry) => ({
    night: manifest.night,
    entry,
    path: copyPath(folder, manifest.night, entry.file),
  }))

export type TenantRow = typeof tenants.$inferSelect

export async function tenantRow(admin: AdminDb, id: number): Promise<TenantRow | null> {
  const [row] = await admin.select().from(tenants).where(eq(tenants.id, id))
  return row ?? null
}

export type KeptRow = typeof keptDatabases.$inferSelect

/** The databases that a business no longer works in and that are still there, oldest first. */
export function keptOf(admin: AdminDb, tenantId: number): Promise<KeptRow[]> {
  return admin
    .select()
    .from(keptDatabases)
    .where(
      and(
        eq(keptDatabases.tenantId, tenantId),
        isNull(keptDatabases.droppedAt),
        ne(keptDatabases.why, 'making'),
      ),
    )
    .orderBy(asc(keptDatabases.id))
}

/** The databases that it worked in before, dropped ones too: the binary log may still know them. */
export async function endedLives(admin: AdminDb, current: TenantRow): Promise<EndedLife[]> {
  const rows = await admin.select().from(keptDatabases).where(eq(keptDatabases.tenantId, current.id))
  return rows
    .filter((row) => row.generation < current.generation && row.why !== 'making')
    .map(({ generation, nombreDb, serverId, keptAt }) => ({
      generation,
      nombreDb,
      serverId,
      endedAt: keptAt,
    }))
}

/**
 * A number for the next database that nothing has ever had, on that server or in the books, also where nothing came
 * of it: the binary log tells databases apart by their names alone, and the drop of one would end the other's life.
 */
export async function nextGeneration(admin: AdminDb, root: Provisioner, tenant: TenantRow): Promise<number> {
  const kept = await admin
    .select({ generation: keptDatabases.generation })
    .from(keptDatabases)
    .where(eq(keptDatabases.tenantId, tenant.id))
  const databases = (await root.query(
    'select schema_name as name from information_schema.schemata where schema_name like ?',
    [`db\\_cliente\\_${tenant.id}\\_g%`],
  )) as { name: string }[]
  const there = databases.map(({ name }) => Number(/_g(\d+)$/.exec(name)?.[1] ?? 0))
  return Math.max(tenant.generation, ...kept.map((row) => row.generation), ...there) + 1
}

export type SchemaAt =
  | { ok: true; version: number }
  | { ok: false; problem: 'migrating-then' | 'migrating-now' }

/**
 * The schema that a business had at an instant (null: now), as the runner of migrations wrote it down. A migration
 * that failed is as far in its log as in its database, and goes on in either.
 */
export async function schemaAt(admin: AdminDb, tenantId: number, at: Date | null): Promise<SchemaAt> {
  const runs = await admin
    .select()
    .from(schemaMigrations)
    .where(eq(schemaMigrations.tenantId, tenantId))
    .orderBy(asc(schemaMigrations.version))
  if (at === null) {
    if (await isBeingMigrated(admin, tenantId)) return { ok: false, problem: 'migrating-now' }
    return { ok: true, version: runs.filter((run) => run.state === 'done').at(-1)?.version ?? 0 }
  }
  const isDone = (run: (typeof runs)[number]) =>
    run.state === 'done' && run.finishedAt !== null && run.finishedAt <= at
  const half = runs.find((run) => !isDone(run) && run.startedAt < at)
  if (half) return { ok: false, problem: 'migrating-then' }
  return { ok: true, version: runs.filter(isDone).at(-1)?.version ?? 0 }
}

/** Is there a database of that name, with the tables that tell what was sold? */
export async function hasSales(root: Provisioner, database: string): Promise<boolean> {
  const rows = (await root.query(
    `select count(*) as n from information_schema.tables where table_schema = ?
     and table_name in ('business', 'series', 'sales', 'sale_lines', 'sale_payments', 'cash_sessions')`,
    [database],
  )) as { n: number }[]
  return Number(rows[0]?.n ?? 0) === 6
}

export async function hasDatabase(root: Provisioner, database: string): Promise<boolean> {
  const rows = (await root.query('select 1 from information_schema.schemata where schema_name = ?', [
    database,
  ])) as unknown[]
  return rows.length > 0
}
