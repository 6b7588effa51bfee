import { appAccount, firstServer, supportAccount } from './accounts.ts'
import { type AdminDb, adminDb } from './admin.ts'
import { loggingFor, readingFor } from './copy-accounts.ts'
import { drizzleOn } from './handles.ts'
import { type PadronDb, padronDb } from './padron.ts'
import { asProvisioner, type Provisioner } from './provisioner.ts'
import type { ServerAddress } from './server-address.ts'
import { ServerPool } from './server-pool.ts'
import { addressOf, type PoolFigures, serverPools } from './servers.ts'
import { openTenant, type TenantDb, type TenantIdentity, tenantHandles } from './tenant.ts'
import { tenantClient } from './tenant-client.ts'

export type { ServerAddress } from './server-address.ts'

export type Databases = {
  admin: AdminDb
  /** The handle of one business. Its first use compares the uid and may throw IdentityMismatch. */
  tenant(identity: TenantIdentity): TenantDb
  /** The same business through the account of one permission of support: it reads, and whatever writes fails. */
  support(identity: TenantIdentity, grantId: number): TenantDb
  padron(): PadronDb
  /**
   * Creating, migrating, dropping, granting: one connection that lives for this one act. What it does to a
   * business is refused on a server that is not this business's.
   */
  provision<T>(work: (root: Provisioner) => Promise<T>, serverId?: number): Promise<T>
  /** Where each server is, by its number, with the provisioner's account: for dumps and comparisons. */
  servers: ReadonlyMap<number, ServerAddress>
  /** A server as the account that reads for copies: for its programs and for `fingerprint`. */
  copies(serverId?: number): ServerAddress
  /** A server as the account that reads its binary logs. */
  logs(serverId?: number): ServerAddress
  /** The pools of this process, by server; 0 is the admin database's own. */
  pools(): PoolFigures[]
  close(): Promise<void>
}

type Options = (
  | { server: ServerAddress }
  /** Number 1 holds the admin database; it alone must answer. */
  | { servers: ReadonlyMap<number, ServerAddress> }
) & {
  masterKey: Buffer
  /** Connections of this process at most to the first server; to each other one as many as it has for tenants. */
  connections?: number
}

/**
 * The only door to the databases. Creates the admin database and the app's account where they are missing;
 * their tables come from `migrateAll`.
 *
 * The tenants of a server share one bounded pool. The admin database has a few connections of its own: a request that holds
 * its tenant's connection may need the admin database, and from one pool all could wait for each other.
 */
export async function openDatabases({ masterKey, connections = 24, ...at }: Options): Promise<Databases> {
  const servers = 'servers' in at ? at.servers : new Map([[firstServer, at.server]])
  const server = addressOf(servers, firstServer)
  const first = { id: firstServer, address: server }
  await asProvisioner(first, masterKey, (root) => root.createOwnDatabases())
  const forAdmin = Math.max(2, Math.round(connections / 3))
  const forTenants = Math.max(2, connections - forAdmin)
  const adminPool = new ServerPool({ server, connections: forAdmin, perAccount: forAdmin })
  const pools = serverPools(servers, forTenants)
  const padron = padronDb(pools.of(firstServer), masterKey)
  return {
    admin: adminDb(drizzleOn(tenantClient(adminPool, appAccount(masterKey)))),
    tenant: tenantHandles(pools, masterKey),
    support: (tenant, grantId) => openTenant(pools, supportAccount(masterKey, tenant, grantId), tenant),
    padron: () => padron,
    provision: async (work, serverId = firstServer) =>
      asProvisioner({ id: serverId, address: addressOf(servers, serverId) }, masterKey, work),
    servers,
    copies: (serverId = firstServer) => readingFor(addressOf(servers, serverId), masterKey, serverId),
    logs: (serverId = firstServer) => loggingFor(addressOf(servers, serverId), masterKey, serverId),
    pools: () => [{ server: 0, ...adminPool.figures }, ...pools.figures()],
    close: async () => {
      await Promise.all([adminPool.close(), pools.close()])
    },
  }
}
