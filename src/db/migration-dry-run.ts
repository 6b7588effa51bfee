import { sql } from 'drizzle-orm'
import type { AdminDb } from './admin.ts'
import { errnoOf } from './errors.ts'
import { canariesOf } from './migration-plan.ts'
import { type Migration, migrationFiles } from './migrations.ts'

/** One database and what would run in it: the files' names, and in the first of them the statement to go on with. */
export type DryTenant = {
  id: number
  nombreDb: string
  serverId: number
  isSpare: boolean
  version: number
  files: string[]
  startsAtStatement: number
}
export type DryRun = {
  admin: { files: string[]; startsAtStatement: number }
  /** In the order in which they would come. */
  tenants: DryTenant[]
  canaries: number[]
  /** Every file that somebody lacks. */
  sql: Pick<Migration, 'name' | 'readsFrom' | 'contract' | 'statements'>[]
}

type Options = { files?: readonly Migration[]; canaries?: readonly number[] | undefined }

/**
 * What `migrateAll` would do, without writing anything: the admin database too stays at the release of before,
 * so that only columns of its first day are read.
 */
export async function dryRun(admin: AdminDb, options: Options = {}): Promise<DryRun> {
  const files = options.files ?? migrationFiles('tenant')
  const adminFiles = migrationFiles('admin')
  const runs = await read<RunRow>(
    admin,
    sql`select tenant_id as tenantId, version, hash, state, statements_done as done from schema_migrations`,
  )
  const rows = await read<TenantRow>(
    admin,
    sql`select id, nombre_db as nombreDb, server_id as serverId, status, schema_version as version
        from tenants where status in ('RESERVA', 'ACTIVO') order by status desc, id`,
  )
  const byTenant = Map.groupBy(runs, ({ tenantId }) => tenantId)
  const tenants = rows.flatMap(({ status, ...tenant }) => {
    const missing = missingOf(files, byTenant.get(tenant.id) ?? [])
    return missing.files.length > 0 ? [{ ...tenant, isSpare: status === 'RESERVA', ...named(missing) }] : []
  })
  const forAdmin = missingOf(adminFiles, byTenant.get(0) ?? [])
  const lacked = new Set(tenants.flatMap((tenant) => tenant.files))
  return {
    admin: named(forAdmin),
    tenants,
    canaries: canariesOf(tenants, options.canaries).first.map(({ id }) => id),
    sql: [...forAdmin.files, ...files.filter(({ name }) => lacked.has(name))],
  }
}

type RunRow = { tenantId: number; version: number; hash: string; state: string; done: number }
type TenantRow = { id: number; nombreDb: string; serverId: number; status: string; version: number }

function missingOf(files: readonly Migration[], runs: readonly RunRow[]) {
  const missing = files.filter(
    ({ version, hash }) =>
      !runs.some((run) => run.version === version && run.state === 'done' && run.hash === hash),
  )
  const begun = runs.find((run) => run.version === missing[0]?.version && run.state !== 'done')
  return { files: missing, startsAtStatement: (begun?.done ?? 0) + 1 }
}

const named = ({ files, startsAtStatement }: ReturnType<typeof missingOf>) => ({
  files: files.map(({ name }) => name),
  startsAtStatement,
})

const noSuchTable = 1146

/** Before the very first migration there is nothing to read. */
async function read<Row>(admin: AdminDb, query: ReturnType<typeof sql>): Promise<Row[]> {
  try {
    const [rows] = (await admin.execute(query)) as unknown as [Row[], unknown]
    return rows
  } catch (error) {
    if (errnoOf(error) === noSuchTable) return []
    throw error
  }
}
