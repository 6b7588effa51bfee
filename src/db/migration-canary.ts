import { is } from 'drizzle-orm'
import { MySqlTable } from 'drizzle-orm/mysql-core'
import type { Databases } from './databases.ts'
import { errnoOf, MigrationFailed } from './errors.ts'
import type { Behind, Canaries } from './migration-plan.ts'
import type { TenantDb, TenantIdentity } from './tenant.ts'
import * as schema from './tenant-schema.ts'

/**
 * Whether the rest may follow. `migrate` tells of each whether it passed. With chosen ones the first failure stops;
 * otherwise the first business that passes is enough (a spare alone says nothing about rows).
 */
export async function passCanaries(
  { first, passesNeeded, areChosenTried = false }: Canaries & { areChosenTried?: boolean },
  migrate: (tenant: Behind) => Promise<boolean>,
): Promise<boolean> {
  const hasBusiness = first.some(({ isSpare }) => !isSpare)
  for (const tenant of first) {
    const passed = await migrate(tenant)
    if (passesNeeded === 'all' && !passed) return false
    if (passesNeeded === 'one' && passed && tenant.isSpare !== hasBusiness) return true
  }
  // Nobody tried it: with chosen ones that is a wrong number, or one in a swap, and no reason to let all others go.
  if (passesNeeded === 'all') return first.length > 0 || areChosenTried
  return first.length === 0
}

/** Through the business's own account: every column that this release will ask for is there. */
export async function checkTables(databases: Databases, tenant: TenantIdentity): Promise<void> {
  for (const [name, table] of Object.entries(schema)) {
    if (!is(table, MySqlTable)) continue
    try {
      await (databases.tenant(tenant) as TenantDb).select().from(table).limit(0)
    } catch (error) {
      const answer = errnoOf(error)
      if (answer === null) throw error
      throw new MigrationFailed(
        `Business ${tenant.id} was migrated, but this release cannot read its table of ${name}: MariaDB answered ${answer}. The schema in src/db/tenant-schema.ts and the migrations are at odds.`,
        { cause: error },
      )
    }
  }
}
