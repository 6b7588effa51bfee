import { and, eq, gt, sql } from 'drizzle-orm'
import { adminDatabase } from './accounts.ts'
import type { Admin, AdminDb } from './admin.ts'
import { tenants } from './admin-schema.ts'
import type { Databases } from './databases.ts'
import { applyMigrations, type MigrationHook, patience, type Target } from './migration-runner.ts'
import { prepareSchemaMigrations, schemaMigrations } from './migration-table.ts'
import { type Migration, migrationFiles, newestVersion } from './migrations.ts'
import type { Provisioner } from './provisioner.ts'
import type { TenantIdentity } from './tenant.ts'

export type MigrateOptions = {
  files?: readonly Migration[] | undefined
  hook?: MigrationHook | undefined
  signal?: AbortSignal | undefined
}

/** smartket_admin_db; the table of progress itself is made here, before there is any migration to run. */
export async function migrateAdmin(
  databases: Databases,
  { files, ...options }: MigrateOptions = {},
): Promise<void> {
  await databases.provision(async (root) => {
    await root.select(adminDatabase, patience)
    await prepareSchemaMigrations(root)
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
  options: MigrateOptions = {},
): Promise<void> {
  await databases.provision(
    (root) => migrateTenantOn(databases.admin, root, tenant, options),
    tenant.serverId,
  )
}

/** The same on a connection that serves several businesses one after the other; it stays in this one. */
export async function migrateTenantOn(
  admin: AdminDb,
  root: Provisioner,
  tenant: TenantIdentity,
  options: MigrateOptions & Pick<Target, 'applied' | 'isSpare' | 'claimed'> = {},
): Promise<void> {
  const { files = migrationFiles('tenant'), ...rest } = options
  await root.select(tenant.nombreDb, patience)
  const ran = await applyMigrations({ admin, root, tenantId: tenant.id, ...rest }, files)
  // Each file wrote the version with its end; where none was missing the row alone was behind.
  if (ran === 0) await raiseVersion(admin, tenant, files)
}

/** All tables of a database that was created this moment; `root` stays in it. */
export async function createTables(
  databases: Databases,
  root: Provisioner,
  tenant: TenantIdentity,
): Promise<void> {
  const files = migrationFiles('tenant')
  await root.select(tenant.nombreDb, patience)
  await applyMigrations({ admin: databases.admin, root, tenantId: tenant.id, isFresh: true }, files)
}

/**
 * The business's database was replaced by one that stands at `schemaVersion`: a copy that was restored, or
 * another that came in as this one. What the rows say is made to agree, so that what is missing runs again and what is
 * there does not. In the transaction of the swap.
 */
export async function adoptSchema(admin: Admin, tenantId: number, schemaVersion: number): Promise<void> {
  await admin
    .delete(schemaMigrations)
    .where(and(eq(schemaMigrations.tenantId, tenantId), gt(schemaMigrations.version, schemaVersion)))
  for (const file of migrationFiles('tenant').filter(({ version }) => version <= schemaVersion)) {
    const now = sql`utc_timestamp(3)`
    const { version, name, hash, readsFrom } = file
    const count = file.statements.length
    const values = { state: 'done', statementsDone: count, runningStatement: null, owner: null } as const
    await admin
      .insert(schemaMigrations)
      .values({ ...values, tenantId, version, name, hash, readsFrom, statements: count, startedAt: now })
      .onDuplicateKeyUpdate({ set: { ...values, hash, leaseUntil: null, error: null } })
  }
  await admin.update(tenants).set({ schemaVersion }).where(eq(tenants.id, tenantId))
}

/** Never lowered: a newer release may have gone further. */
async function raiseVersion(
  admin: AdminDb,
  tenant: TenantIdentity,
  files: readonly Migration[],
): Promise<void> {
  const schemaVersion = sql`greatest(${tenants.schemaVersion}, ${newestVersion(files)})`
  await admin.update(tenants).set({ schemaVersion }).where(eq(tenants.id, tenant.id))
}
