import { isNotNull } from 'drizzle-orm'
import {
  type Account,
  appAccount,
  copyAccount,
  firstServer,
  logAccount,
  padronAccount,
  supportAccount,
  tenantAccount,
} from '#src/db/accounts.ts'
import { supportGrants, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'

type Root = Parameters<Parameters<Databases['provision']>[0]>[0]

/**
 * Each account takes the old password and the new one, so that processes change over one after the other. Safe to
 * repeat: whoever was made meanwhile, with the old one alone, gets both the next time.
 */
export function allowBoth(databases: Databases, old: Buffer, next: Buffer): Promise<number> {
  return onEveryAccount(
    databases,
    next,
    (root, account, was) =>
      root.query(
        `alter user if exists ?@'%' identified via mysql_native_password using password(?) or mysql_native_password using password(?)`,
        [account.user, account.password, was.password],
      ),
    old,
  )
}

/** The new password alone. What came in by the old one and is doing nothing is ended; the rest ends with its process. */
export function allowNewOnly(databases: Databases, next: Buffer): Promise<number> {
  return onEveryAccount(databases, next, async (root, account) => {
    await root.query(`alter user if exists ?@'%' identified by ?`, [account.user, account.password])
    await endIdle(root, account.user)
  })
}

async function onEveryAccount(
  databases: Databases,
  key: Buffer,
  work: (root: Root, account: Account, was: Account) => Promise<unknown>,
  old = key,
): Promise<number> {
  let changed = 0
  for (const serverId of databases.servers.keys()) {
    const now = await accountsOn(databases, key, serverId)
    const before = await accountsOn(databases, old, serverId)
    await databases.provision(async (root) => {
      for (const account of now) {
        const was = before.find(({ user }) => user === account.user) ?? account
        await work(root, account, was)
        changed += 1
      }
    }, serverId)
  }
  return changed
}

/** Every account that derives from the key: our own, every business's and spare's, and those of support. */
async function accountsOn(databases: Databases, key: Buffer, serverId: number): Promise<Account[]> {
  const { admin } = databases
  const rows = await admin
    .select({
      id: tenants.id,
      generation: tenants.generation,
      nombreDb: tenants.nombreDb,
      serverId: tenants.serverId,
    })
    .from(tenants)
  const here = rows.filter((row) => row.serverId === serverId)
  const grants = await admin
    .select({ id: supportGrants.id, tenantId: supportGrants.tenantId })
    .from(supportGrants)
  const own = serverId === firstServer ? [appAccount(key), padronAccount(key)] : []
  return [
    ...own,
    copyAccount(key, serverId),
    logAccount(key, serverId),
    ...here.map((row) => tenantAccount(key, row)),
    ...grants.flatMap((grant) => {
      const tenant = here.find(({ id }) => id === grant.tenantId)
      return tenant ? [supportAccount(key, tenant, grant.id)] : []
    }),
  ]
}

/** In the middle of a transaction is not idle: a charge is never cut. */
async function endIdle(root: Root, user: string): Promise<void> {
  const idle = (await root.query(
    `select p.id from information_schema.processlist p
     left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
     where p.user = ? and p.command = 'Sleep' and t.trx_id is null`,
    [user],
  )) as { id: number }[]
  for (const { id } of idle) await root.query(`kill ${Number(id)}`).catch(() => undefined)
}

/** Whether anything is under way that makes accounts of its own: a rotation would not see them. */
export async function isBusy(databases: Databases): Promise<boolean> {
  const [row] = await databases.admin
    .select({ id: tenants.id })
    .from(tenants)
    .where(isNotNull(tenants.busyUntil))
    .limit(1)
  return row !== undefined
}
