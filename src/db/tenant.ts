import type { Connection, RowDataPacket } from 'mysql2/promise'
import { type Account, tenantAccount } from './accounts.ts'
import { IdentityMismatch } from './errors.ts'
import { drizzleOn, type Statements } from './handles.ts'
import type { ServerPools } from './servers.ts'
import { tenantClient } from './tenant-client.ts'

/** Which business, which of its databases (the generation rises with a restore or a move), and on which server. */
export type TenantIdentity = {
  id: number
  uid: string
  generation: number
  nombreDb: string
  serverId: number
}

declare const brand: unique symbol

/** One business's own database. Only src/db can make one, and it reaches nothing else. */
export type TenantDb = Statements & { readonly [brand]: 'tenant' }
export type TenantTx = Statements & { readonly [brand]: 'tenant transaction' }
export type Db = TenantDb | TenantTx

/** Handles kept at once. One costs little, a thousand businesses in use cost one another nothing. */
const kept = 256

/** Returns the function that opens a tenant. The least recently used handle is forgotten first. */
export function tenantHandles(pools: ServerPools, masterKey: Buffer): (tenant: TenantIdentity) => TenantDb {
  const handles = new Map<string, TenantDb>()
  return (tenant) => {
    const key = `${tenant.serverId}/${tenant.id}/${tenant.generation}/${tenant.uid}/${tenant.nombreDb}`
    const handle = handles.get(key) ?? openTenant(pools, tenantAccount(masterKey, tenant), tenant)
    handles.delete(key)
    handles.set(key, handle)
    if (handles.size > kept) handles.delete(handles.keys().next().value ?? key)
    return handle
  }
}

/** A handle through this account, after its first use has compared whose database it is. */
export function openTenant(pools: ServerPools, account: Account, tenant: TenantIdentity): TenantDb {
  const client = tenantClient(pools.of(tenant.serverId), account, (connection) =>
    compareUid(connection, tenant),
  )
  return drizzleOn(client) as unknown as TenantDb
}

async function compareUid(connection: Connection, tenant: TenantIdentity): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>('select uid from business where id = 1')
  if (rows[0]?.uid === tenant.uid) return
  throw new IdentityMismatch(
    `the database of tenant ${tenant.id} (${tenant.nombreDb}) belongs to another business`,
  )
}
