import { createHmac, hkdfSync } from 'node:crypto'

/**
 * Whom a connection acts for: one MySQL account and the one database that it is granted.
 * `statementSeconds` is how long one of its statements may run; 0 is without end.
 */
export type Account = { user: string; password: string; database: string; statementSeconds: number }

export const adminDatabase = 'smartket_admin_db'
export const padronDatabase = 'smartket_padron'
/** MariaDB's own default differs by version: it is always named. */
export const charset = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci'

/** Where the admin database and SUNAT's register live; the others hold businesses only (`tenants.server_id`). */
export const firstServer = 1

/**
 * What one tenant may take of the server. Connections: at least three processes (both of an upgrade and a
 * command) times the pool's limit per tenant. The time is a default, not a wall: a session may clear it.
 */
export const accountLimits = { connections: 20, statementSeconds: 30 }

/** `db_cliente_123`, and after a restore or a move `db_cliente_123_g2`. */
export const databaseName = (id: number, generation: number) => `db_cliente_${suffix(id, generation)}`

export const accountName = (id: number, generation: number) => `cliente_${suffix(id, generation)}`

export function tenantAccount(
  masterKey: Buffer,
  tenant: { id: number; generation: number; nombreDb: string; serverId: number },
): Account {
  return {
    user: accountName(tenant.id, tenant.generation),
    password: accountPassword(masterKey, tenant.serverId, String(tenant.id), tenant.generation),
    database: tenant.nombreDb,
    statementSeconds: accountLimits.statementSeconds,
  }
}

/**
 * Who looks into one business with its owner's permission: an account for each permission, which can only read
 * and is gone with it.
 */
export const supportName = (tenantId: number, grantId: number) => `soporte_${tenantId}_${grantId}`

export const supportAccount = (
  masterKey: Buffer,
  tenant: { id: number; nombreDb: string; serverId: number },
  grantId: number,
): Account => ({
  user: supportName(tenant.id, grantId),
  password: accountPassword(masterKey, tenant.serverId, `support/${tenant.id}`, grantId),
  database: tenant.nombreDb,
  statementSeconds: accountLimits.statementSeconds,
})

/** The app's own account: the admin database and nothing else. */
export const appAccount = (masterKey: Buffer): Account => ({
  user: 'smartket_app',
  password: accountPassword(masterKey, firstServer, 'app', 1),
  database: adminDatabase,
  statementSeconds: 0,
})

export const padronAccount = (masterKey: Buffer): Account => ({
  user: 'smartket_padron',
  password: accountPassword(masterKey, firstServer, 'padron', 1),
  database: padronDatabase,
  // The import loads millions of rows at a time.
  statementSeconds: 0,
})

/** Who reads every business for the nightly copy (copy-accounts.ts names its grants). */
export const copyAccount = (masterKey: Buffer, serverId: number): Account => ({
  user: 'smartket_copies',
  password: accountPassword(masterKey, serverId, 'copies', 1),
  database: '',
  statementSeconds: 0,
})

/** Who reads the binary logs. */
export const logAccount = (masterKey: Buffer, serverId: number): Account => ({
  user: 'smartket_logs',
  password: accountPassword(masterKey, serverId, 'logs', 1),
  database: '',
  statementSeconds: 0,
})

/** Derived, so that no password is stored anywhere; one server's opens nothing on another (OPERATIONS.md, 4). */
function accountPassword(masterKey: Buffer, server: number, holder: string, generation: number): string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'mysql/v1', 32))
  return createHmac('sha256', key).update(`${server}\0${holder}\0${generation}`).digest('base64url')
}

function suffix(id: number, generation: number): string {
  if (!Number.isSafeInteger(id) || id < 1) throw new RangeError(`not a tenant's id: ${id}`)
  if (!Number.isSafeInteger(generation) || generation < 1)
    throw new RangeError(`not a generation: ${generation}`)
  return generation === 1 ? `${id}` : `${id}_g${generation}`
}
