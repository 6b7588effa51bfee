import { appAccount, supportAccount } from './accounts.ts'
import { type AdminDb, adminDb } from './admin.ts'
import { drizzleOn } from './handles.ts'
import { type PadronDb, padronDb } from './padron.ts'
import { asProvisioner, type Provisioner } from './provisioner.ts'
import type { ServerAddress } from './server-address.ts'
import { ServerPool } from './server-pool.ts'
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
  /** Creating, migrating, dropping, granting: one connection that lives for this one act. */
  provision<T>(work: (root: Provisioner) => Promise<T>): Promise<T>
  close(): Promise<void>
}

type Options = {
  server: ServerAddress
  masterKey: Buffer
  /** Connections of this process at most. */
  connections?: number
}

/**
 * The only door to the databases. Creates the admin database and the app's account where they are missing;
 * their tables come from `migrateAll`.
 *
 * Tenants share one bounded pool. The admin database has a few connections of its own: a request that holds
 * its tenant's connection may need the admin database, and from one pool all could wait for each other.
 */
export async function openDatabases({ server, masterKey, connections = 24 }: Options): Promise<Databases> {
  await asProvisioner(server, masterKey, (root) => root.createOwnDatabases())
  const forAdmin = Math.max(2, Math.round(connections / 3))
  const forTenants = Math.max(2, connections - forAdmin)
  const adminPool = new ServerPool({ server, connections: forAdmin, perAccount: forAdmin })
  const pool = new ServerPool({
    server,
    connections: forTenants,
    perAccount: Math.min(6, forTenants),
  })
  const padron = padronDb(pool, masterKey)
  return {
    admin: adminDb(drizzleOn(tenantClient(adminPool, appAccount(masterKey)))),
    tenant: tenantHandles(pool, masterKey),
    support: (tenant, grantId) => openTenant(pool, supportAccount(masterKey, tenant, grantId), tenant),
    padron: () => padron,
    provision: (work) => asProvisioner(server, masterKey, work),
    close: async () => {
      await Promise.all([adminPool.close(), pool.close()])
    },
  }
}
