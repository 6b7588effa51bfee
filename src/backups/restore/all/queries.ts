import { count, eq, max } from 'drizzle-orm'
import { nightOf, nightsPrefix } from '#src/backups/store/names.ts'
import { keptDatabases, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import type { NightElsewhere, StoreAccess } from '../elsewhere/queries.ts'
import { areBooksArriving } from './marks/actions.ts'

/** What stands in `busy_reason` of every business that is still to come: nobody is let in, and a second run goes on here. */
export const rebuilding = 'rebuild'

/** Nobody's; ours, and its books not ready; ours, and businesses still to come; somebody's. */
export type State = 'empty' | 'books' | 'unfinished' | 'in-use'

export async function stateOf(databases: Databases): Promise<State> {
  const { admin } = databases
  if (await areBooksArriving(databases)) return 'books'
  const [waiting] = await admin.select({ n: count() }).from(tenants).where(eq(tenants.busyReason, rebuilding))
  if ((waiting?.n ?? 0) > 0) return 'unfinished'
  const [living] = await admin.select({ n: count() }).from(tenants).where(eq(tenants.status, 'ACTIVO'))
  return (living?.n ?? 0) > 0 ? 'in-use' : 'empty'
}

/** Databases of businesses on any server, by what is really there: the admin database may be all that was lost. */
export async function livingDatabases(databases: Databases): Promise<string[]> {
  const found: string[] = []
  for (const serverId of databases.servers.keys()) {
    const rows = (await databases.provision(
      (root) =>
        root.query(
          `select schema_name as name from information_schema.schemata where schema_name like 'db\\_cliente\\_%' order by schema_name`,
        ),
      serverId,
    )) as { name: string }[]
    found.push(...rows.map(({ name }) => (serverId === 1 ? name : `${name} on server ${serverId}`)))
  }
  return found
}

/** Other databases of this business than the one that its row names, of which the books know nothing. */
export async function unknownLives(databases: Databases, tenant: TenantIdentity): Promise<string[]> {
  const known = await databases.admin
    .select({ name: keptDatabases.nombreDb })
    .from(keptDatabases)
    .where(eq(keptDatabases.tenantId, tenant.id))
  const names = new Set([tenant.nombreDb, ...known.map(({ name }) => name)])
  const first = `db_cliente_${tenant.id}`
  return (await livingDatabases(databases)).filter((found) => {
    const [name = ''] = found.split(' ')
    return (name === first || name.startsWith(`${first}_g`)) && !names.has(name)
  })
}

/**
 * Above every number that was ever a business's, as far as anything remembers: rows, the night, everything in the
 * store, databases and accounts. A number given twice would name another owner's copies.
 */
export async function firstFreeId(
  databases: Databases,
  { store }: StoreAccess,
  { manifest }: NightElsewhere,
): Promise<number> {
  const [row] = await databases.admin.select({ id: max(tenants.id) }).from(tenants)
  const stored = (await store.list(nightsPrefix)).map(({ key }) =>
    Number(/^backup-(\d+)\./.exec(nightOf(key)?.file ?? '')?.[1] ?? 0),
  )
  const seen = [row?.id ?? 0, ...stored, ...manifest.entries.map((entry) => entry.tenantId)]
  for (const serverId of databases.servers.keys()) seen.push(await highestThere(databases, serverId))
  return Math.max(...seen) + 1
}

async function highestThere(databases: Databases, serverId: number): Promise<number> {
  const names = (await databases.provision(
    (root) =>
      root.query(
        `select schema_name as name from information_schema.schemata where schema_name like 'db\\_cliente\\_%'
         union select user from mysql.user where user like 'cliente\\_%'`,
      ),
    serverId,
  )) as { name: string }[]
  return Math.max(0, ...names.map(({ name }) => Number(/cliente_(\d+)/.exec(name)?.[1] ?? 0)))
}
