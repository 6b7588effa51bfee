import { asc, eq, inArray } from 'drizzle-orm'
import { adminDatabase } from './accounts.ts'
import type { AdminDb } from './admin.ts'
import { tenants } from './admin-schema.ts'
import type { Databases } from './databases.ts'
import { applyMigrations, type MigrationHook, problemOf } from './migration-runner.ts'
import { createSchemaMigrations, schemaMigrations } from './migration-table.ts'
import { type Migration, migrationFiles } from './migrations.ts'
import type { Provisioner } from './provisioner.ts'
import type { TenantIdentity } from './tenant.ts'

type Options = { files?: readonly Migration[]; hook?: MigrationHook }

/** smartket_admin_db; the table of progress itself is made here, before there is any migration to run. */
export async function migrateAdmin(databases: Databases, { files, ...options }: Options = {}): Promise<void> {
  await databases.provision(async (root) => {
    await root.select(adminDatabase)
    await root.query(createSchemaMigrations)
    await applyMigrations(
      { admin: databases.admin, root, tenantId: 0, ...options },
      files ?? migrationFiles('admin'),
    )
  })
}

/** The database of one business, resumed where an earlier run broke off. */
export async function migrateTenant(
  databases: Databases,
  tenant: TenantIdentity,
  { files = migrationFiles('tenant'), ...options }: Options = {},
): Promise<void> {
  await databases.provision(async (root) => {
    await root.select(tenant.nombreDb)
    await applyMigrations({ admin: databases.admin, root, tenantId: tenant.id, ...options }, files)
  })
  await writeVersion(databases.admin, tenant, files)
}

/** All tables of a database that was created this moment; `root` stays in it. */
export async function createTables(
  databases: Databases,
  root: Provisioner,
  tenant: TenantIdentity,
): Promise<void> {
  const files = migrationFiles('tenant')
  await root.select(tenant.nombreDb)
  await applyMigrations({ admin: databases.admin, root, tenantId: tenant.id, isFresh: true }, files)
  await writeVersion(databases.admin, tenant, files)
}

export type MigrationProgress = { finished: number; failed: number; total: number }
export type MigrationReport = { migrated: number; failed: { tenantId: number; problem: string }[] }

/**
 * The admin database, then every tenant that is behind: spares first, four at a time. A tenant that cannot be
 * migrated stops nobody else; it stands in the report. Repeating it after a kill goes on where it was.
 */
export async function migrateAll(
  databases: Databases,
  options: Options & { atOnce?: number; onProgress?: (progress: MigrationProgress) => void } = {},
): Promise<MigrationReport> {
  await migrateAdmin(databases)
  const files = options.files ?? migrationFiles('tenant')
  const queue = await tenantsBehind(databases.admin, files)
  const total = queue.length
  const report: MigrationReport = { migrated: 0, failed: [] }

  const migrateNext = async (tenant: TenantIdentity) => {
    try {
      await migrateTenant(databases, tenant, { ...(options.hook ? { hook: options.hook } : {}), files })
      report.migrated++
    } catch (error) {
      report.failed.push({ tenantId: tenant.id, problem: problemOf(error) })
    }
    options.onProgress?.({ finished: report.migrated, failed: report.failed.length, total })
  }
  // A connection for each: what broke one business's must not meet the next.
  const worker = async () => {
    for (let tenant = queue.shift(); tenant; tenant = queue.shift()) await migrateNext(tenant)
  }
  await Promise.all(Array.from({ length: options.atOnce ?? 4 }, worker))
  return report
}

/** RESERVA before ACTIVO: a migration that fails should fail on a database in which nobody sells. */
async function tenantsBehind(admin: AdminDb, files: readonly Migration[]): Promise<TenantIdentity[]> {
  const all = await admin
    .select()
    .from(tenants)
    .where(inArray(tenants.status, ['RESERVA', 'ACTIVO']))
    .orderBy(asc(tenants.id))
  const applied = await admin
    .select({
      tenantId: schemaMigrations.tenantId,
      version: schemaMigrations.version,
      hash: schemaMigrations.hash,
    })
    .from(schemaMigrations)
    .where(eq(schemaMigrations.state, 'done'))
  const done = new Set(applied.map((row) => `${row.tenantId} ${row.version} ${row.hash}`))
  const behind = all.filter((tenant) => files.some((f) => !done.has(`${tenant.id} ${f.version} ${f.hash}`)))
  return behind.toSorted((a, b) => Number(a.status === 'ACTIVO') - Number(b.status === 'ACTIVO'))
}

async function writeVersion(
  admin: AdminDb,
  tenant: TenantIdentity,
  files: readonly Migration[],
): Promise<void> {
  const schemaVersion = files.at(-1)?.version ?? 0
  await admin.update(tenants).set({ schemaVersion }).where(eq(tenants.id, tenant.id))
}
