import mysql, { type Connection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise'
import {
  type Account,
  accountLimits,
  adminDatabase,
  appAccount,
  charset,
  firstServer,
  padronAccount,
  supportAccount,
  supportName,
  tenantAccount,
} from './accounts.ts'
import { createCopyAccounts, hasCopyAccounts } from './copy-accounts.ts'
import type { SqlValue } from './handles.ts'
import { connectionDefaults } from './pool-slot.ts'
import type { ServerAddress } from './server-address.ts'
import { sessionSetup } from './session.ts'
import { allSupportUsers, endSessionsOf, grantReading, supportUsers } from './support-account.ts'
import type { TenantIdentity } from './tenant.ts'

/**
 * The account that creates, migrates, drops and grants. It counts as root, so it is connected only for one
 * act and never inside a handler that reads what a person typed (OPERATIONS.md, section 4).
 */
export type Provisioner = {
  /** The admin database, SUNAT's register and their accounts, where they are missing. */
  createOwnDatabases(): Promise<void>
  /** On any server: the accounts that read for copies and logs, where they are missing or stem from another key. */
  prepareServer(): Promise<void>
  /** Fails with errno 1007 where the database exists: it may hold another owner's sales. */
  createTenantDatabase(tenant: TenantIdentity): Promise<void>
  createTenantAccount(tenant: TenantIdentity): Promise<void>
  /** The account as it was made, whatever became of it: its password, its limits, and these grants alone. */
  renewTenantAccount(tenant: TenantIdentity): Promise<void>
  /** The account first, with its living sessions: DROP USER alone leaves them writing. */
  dropTenant(tenant: TenantIdentity): Promise<void>
  /** From now on nobody is in this business and nobody comes in: locked, and its sessions ended, support's too. */
  lockTenantAccount(tenant: TenantIdentity): Promise<void>
  unlockTenantAccount(tenant: TenantIdentity): Promise<void>
  /** The account alone; what it could reach stays. */
  dropTenantAccount(tenant: TenantIdentity): Promise<void>
  /** An account that can read this business, but for what proves who somebody is, and can write nothing. */
  createSupportAccount(tenant: TenantIdentity, grantId: number): Promise<void>
  /** Dropped, and its living sessions ended: they would read on. Without `grantId` all of this business. */
  dropSupportAccounts(tenantId: number, grantId?: number): Promise<void>
  /**
   * Of every business: whatever account no permission asks for. `grants` is read after the accounts were listed:
   * a permission is written before its account is made, so that none of these is missed.
   */
  dropSupportAccountsBut(grants: () => Promise<readonly { id: number; tenantId: number }[]>): Promise<void>
  /** Whose database this is: null when there is none or when it was never finished. */
  uidInDatabase(tenant: TenantIdentity): Promise<string | null>
  /** From now on statements run in this database: names in migrations are never qualified. */
  select(database: string, alsoSet?: string): Promise<void>
  query(text: string, values?: SqlValue[]): Promise<RowDataPacket[] | ResultSetHeader>
}

export async function asProvisioner<T>(
  server: { id: number; address: ServerAddress },
  masterKey: Buffer,
  work: (root: Provisioner) => Promise<T>,
): Promise<T> {
  const connection = await mysql.createConnection({ ...connectionDefaults, ...server.address })
  connection.on('error', () => {}) // the statement that meets it throws
  try {
    await connection.query(ownSetup)
    return await work(provisioner(connection, masterKey, server.id))
  } finally {
    await connection.end().catch(() => connection.destroy())
  }
}

/** A migration may take its time. */
const ownSetup = sessionSetup({ statementSeconds: 0 })

function provisioner(connection: Connection, masterKey: Buffer, serverId: number): Provisioner {
  /** An account or a database made on the wrong server would be found by nobody; a drop there, by its neighbour. */
  const mustBeHere = (tenant: TenantIdentity) => {
    if (tenant.serverId !== serverId)
      throw new Error(`business ${tenant.id} lives on database server ${tenant.serverId}, not on ${serverId}`)
  }

  const run = async (text: string, values: SqlValue[] = []) =>
    (await connection.query<RowDataPacket[] | ResultSetHeader>(text, values))[0]
  const rows = async (text: string, values: SqlValue[] = []) =>
    (await connection.query<RowDataPacket[]>(text, values))[0]

  async function createOwn(account: Account, privileges: string): Promise<void> {
    await run(`create database if not exists \`${account.database}\` ${charset}`)
    const made = await run(`create user if not exists ?@'%' identified by ?`, [
      account.user,
      account.password,
    ])
    // One that was there may stem from another master key; passwords are derived, so setting it loses nothing.
    if ('warningStatus' in made && made.warningStatus > 0)
      await run(`alter user ?@'%' identified by ?`, [account.user, account.password])
    await run(`grant ${privileges} on ${grantName(account.database)}.* to ?@'%'`, [account.user])
  }

  async function dropSupportAccounts(tenantId: number, grantId?: number): Promise<void> {
    for (const user of await supportUsers(connection, tenantId, grantId)) {
      await run(`drop user if exists ?@'%'`, [user])
      await endSessionsOf(connection, user)
    }
  }

  async function makeTenantAccount(
    tenant: TenantIdentity,
    create: 'create user' | 'create or replace user',
  ): Promise<void> {
    const { user, password, database } = tenantAccount(masterKey, tenant)
    await run(
      `${create} ?@'%' identified by ? with max_user_connections ${accountLimits.connections} max_statement_time ${accountLimits.statementSeconds}`,
      [user, password],
    )
    await run(`grant select, insert, update, delete on ${grantName(database)}.* to ?@'%'`, [user])
  }

  return {
    query: run,
    async createOwnDatabases() {
      if (await hasOwnDatabases(masterKey, connection)) return
      await createOwn(appAccount(masterKey), 'select, insert, update, delete')
      await createOwn(padronAccount(masterKey), 'select, insert, update, delete, create, drop, alter, index')
      await createCopyAccounts(connection, masterKey, firstServer)
    },
    async prepareServer() {
      if (!(await hasCopyAccounts(connection, masterKey, serverId)))
        await createCopyAccounts(connection, masterKey, serverId)
    },
    async createTenantDatabase(tenant) {
      mustBeHere(tenant)
      await run(`create database \`${tenant.nombreDb}\` ${charset}`)
    },
    async createTenantAccount(tenant) {
      mustBeHere(tenant)
      await makeTenantAccount(tenant, 'create user')
    },
    async renewTenantAccount(tenant) {
      mustBeHere(tenant)
      await makeTenantAccount(tenant, 'create or replace user')
    },
    async dropTenant(tenant) {
      mustBeHere(tenant)
      const { user } = tenantAccount(masterKey, tenant)
      await run(`drop user if exists ?@'%'`, [user])
      await endSessionsOf(connection, user)
      await dropSupportAccounts(tenant.id)
      await run(`drop database if exists \`${tenant.nombreDb}\``)
    },
    async lockTenantAccount(tenant) {
      mustBeHere(tenant)
      const { user } = tenantAccount(masterKey, tenant)
      await run(`alter user if exists ?@'%' account lock`, [user])
      await endSessionsOf(connection, user)
      await dropSupportAccounts(tenant.id)
    },
    async unlockTenantAccount(tenant) {
      mustBeHere(tenant)
      await run(`alter user if exists ?@'%' account unlock`, [tenantAccount(masterKey, tenant).user])
    },
    async dropTenantAccount(tenant) {
      mustBeHere(tenant)
      const { user } = tenantAccount(masterKey, tenant)
      await run(`drop user if exists ?@'%'`, [user])
      await endSessionsOf(connection, user)
    },
    async createSupportAccount(tenant, grantId) {
      mustBeHere(tenant)
      const { user, password } = supportAccount(masterKey, tenant, grantId)
      // After an admin database came back from a copy an old permission's number may come again.
      await dropSupportAccounts(tenant.id, grantId)
      await run(
        `create user ?@'%' identified by ? with max_user_connections ${accountLimits.connections} max_statement_time ${accountLimits.statementSeconds}`,
        [user, password],
      )
      await grantReading(connection, tenant.nombreDb, user)
    },
    dropSupportAccounts,
    async dropSupportAccountsBut(grants) {
      const users = await allSupportUsers(connection)
      if (users.length === 0) return
      const wanted = new Set((await grants()).map((grant) => supportName(grant.tenantId, grant.id)))
      for (const user of users) {
        if (wanted.has(user)) continue
        await run(`drop user if exists ?@'%'`, [user])
        await endSessionsOf(connection, user)
      }
    },
    async uidInDatabase(tenant) {
      mustBeHere(tenant)
      const { nombreDb } = tenant
      const [table] = await rows(
        `select 1 from information_schema.tables where table_schema = ? and table_name = 'business'`,
        [nombreDb],
      )
      if (!table) return null
      const [business] = await rows(`select uid from \`${nombreDb}\`.business where id = 1`)
      return business ? String(business.uid) : null
    },
    async select(database, alsoSet) {
      try {
        await connection.changeUser({ database })
        await connection.query(alsoSet ? `${ownSetup}, ${alsoSet}` : ownSetup)
      } catch (error) {
        connection.destroy() // a failed switch leaves the database of before selected
        throw error
      }
    },
  }
}

/** Looking costs two reads; creating again at every start would write to the binary log. */
async function hasOwnDatabases(masterKey: Buffer, connection: Connection): Promise<boolean> {
  const [databases] = await connection.query<RowDataPacket[]>(
    'select schema_name from information_schema.schemata where schema_name in (?, ?)',
    [adminDatabase, padronAccount(masterKey).database],
  )
  if (databases.length < 2) return false
  const { socketPath, host, port } = connection.config
  for (const account of [appAccount(masterKey), padronAccount(masterKey)]) {
    try {
      const where = socketPath ? { socketPath } : { ...(host ? { host } : {}), ...(port ? { port } : {}) }
      const probe = await mysql.createConnection({
        ...connectionDefaults,
        ...where,
        user: account.user,
        password: account.password,
        database: account.database,
      })
      await probe.end()
    } catch {
      return false
    }
  }
  return hasCopyAccounts(connection, masterKey, firstServer)
}

/** In the database name of a GRANT `_` is a wildcard: unescaped, tenant 1 could read `dbXcliente_1`. */
const grantName = (database: string) => `\`${database.replace(/[_%]/g, '\\$&')}\``
