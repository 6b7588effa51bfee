import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { type Account, adminDatabase, copyAccount, logAccount } from './accounts.ts'
import { connectionDefaults } from './pool-slot.ts'
import type { ServerAddress } from './server-address.ts'

/**
 * What the nightly copy's account may: read every business's database and the admin's, and nothing else.
 * Without TRIGGER, EVENT or `mysql.proc` such objects would vanish from a dump silently, with exit 0.
 */
const copyGrants = [
  `select, show view, trigger, event on \`db\\_cliente\\_%\`.*`,
  `select, show view, trigger, event on \`${adminDatabase.replaceAll('_', '\\_')}\`.*`,
  'select on `mysql`.`proc`',
]

/**
 * Its rows are in no copy and no fingerprint: a business is erased from every copy by destroying its key, which
 * therefore must not lie in the admin database's old copies. Keys travel to the store in a list of their own.
 */
export const neverCopied = 'tenant_keys'

/** Ships and reads the binary logs; can read no table. */
const logGrants = ['replication slave on *.*']

/** The server, as the account that reads for copies. */
export const readingFor = (server: ServerAddress, masterKey: Buffer, serverId: number): ServerAddress =>
  as(server, copyAccount(masterKey, serverId))

/** The server, as the account that reads its binary logs. */
export const loggingFor = (server: ServerAddress, masterKey: Buffer, serverId: number): ServerAddress =>
  as(server, logAccount(masterKey, serverId))

/** Both accounts with their password and these grants alone, on a server where one is missing or is otherwise. */
export async function createCopyAccounts(
  connection: Connection,
  masterKey: Buffer,
  serverId: number,
): Promise<void> {
  for (const { account, grants } of wanted(masterKey, serverId)) {
    if (!(await isAsWanted(connection, account, grants))) await create(connection, account, grants)
  }
}

/** An account with more rights than these is as wrong as one that lacks some: without TRIGGER a dump is silently less. */
export async function hasCopyAccounts(
  connection: Connection,
  masterKey: Buffer,
  serverId: number,
): Promise<boolean> {
  for (const { account, grants } of wanted(masterKey, serverId)) {
    if (!(await isAsWanted(connection, account, grants))) return false
  }
  return true
}

const wanted = (masterKey: Buffer, serverId: number) => [
  { account: copyAccount(masterKey, serverId), grants: copyGrants },
  { account: logAccount(masterKey, serverId), grants: logGrants },
]

async function isAsWanted(
  connection: Connection,
  { user, password }: Account,
  grants: readonly string[],
): Promise<boolean> {
  const { socketPath, host, port } = connection.config
  const where = socketPath ? { socketPath } : { ...(host ? { host } : {}), ...(port ? { port } : {}) }
  try {
    await (await mysql.createConnection({ ...connectionDefaults, ...where, user, password })).end()
    const [rows] = await connection.query<RowDataPacket[]>(`show grants for ?@'%'`, [user])
    const found = rows.map((row) => String(Object.values(row)[0])).filter((line) => !isNone(line))
    return asSet(found.map(withoutHolder)) === asSet(grants)
  } catch {
    return false
  }
}

/** Every account has it, and it is no right. */
const isNone = (line: string) =>
  /^GRANT USAGE ON \*\.\* TO /.test(line) && !line.includes('WITH GRANT OPTION')

/** `GRANT SELECT ON x TO y IDENTIFIED BY …` as it is written here; the right to pass it on makes it another one. */
function withoutHolder(line: string): string {
  const found = /^GRANT (.+? ON .+?) TO /.exec(line)
  return found?.[1] && !line.includes('WITH GRANT OPTION') ? found[1] : line
}

const asSet = (grants: readonly string[]) =>
  grants
    .map((grant) => {
      const [rights = '', on = ''] = grant.split(/ on /i)
      return `${rights.toLowerCase().split(', ').toSorted().join(', ')} on ${on}`
    })
    .toSorted()
    .join('\n')

async function create(connection: Connection, account: Account, grants: readonly string[]): Promise<void> {
  await connection.query(`create or replace user ?@'%' identified by ?`, [account.user, account.password])
  for (const grant of grants) await connection.query(`grant ${grant} to ?@'%'`, [account.user])
}

const as = (server: ServerAddress, { user, password }: Account): ServerAddress => ({
  ...server,
  user,
  password,
})
