import { createHash } from 'node:crypto'
import type { RowDataPacket } from 'mysql2'
import { type Account, accountLimits, copyAccount, logAccount, tenantAccount } from './accounts.ts'
import type { Provisioner } from './provisioner.ts'
import type { TenantIdentity } from './tenant.ts'

/** What is wrong with one account, in the order of what matters. */
export type AccountProblem = 'missing' | 'password' | 'locked' | 'too-much' | 'grants' | 'limits'
export type AccountDrift = { user: string; problem: AccountProblem }

/** What a server holds, read in four statements whatever the number of businesses. */
export type ServerAccounts = {
  accounts: ReadonlyMap<string, Priv>
  grants: ReadonlyMap<string, readonly DatabaseGrant[]>
  /** Accounts with a grant on a single table. */
  tableGrants: ReadonlySet<string>
}
type Priv = {
  access?: number
  authentication_string?: string
  account_locked?: boolean
  max_user_connections?: number
  max_statement_time?: number
  auth_or?: { authentication_string?: string }[]
}
type DatabaseGrant = { database: string; privileges: readonly string[] }

/** The accounts of SmartKet on this server with all that they may. As text: the driver reads JSON by itself. */
export async function readAccounts(root: Pick<Provisioner, 'query'>): Promise<ServerAccounts> {
  const rows = async (text: string) => (await root.query(text)) as RowDataPacket[]
  const ours = "(user like 'cliente\\_%' or user like 'smartket\\_%')"
  const accounts = await rows(
    `select user, concat(priv, '') as priv from mysql.global_priv where host = '%' and ${ours}`,
  )
  const grants = await rows(`select * from mysql.db where host = '%' and ${ours}`)
  const tables = await rows(`select distinct user from mysql.tables_priv where host = '%' and ${ours}`)
  return {
    accounts: new Map(accounts.map(({ user, priv }) => [String(user), JSON.parse(String(priv)) as Priv])),
    grants: Map.groupBy(grants.map(grantOf), ({ user }) => user),
    tableGrants: new Set(tables.map(({ user }) => String(user))),
  }
}

function grantOf(row: RowDataPacket): DatabaseGrant & { user: string } {
  const privileges = Object.entries(row)
    .filter(([name, value]) => name.endsWith('_priv') && value === 'Y')
    .map(([name]) => name.slice(0, -'_priv'.length))
    .toSorted()
  return { user: String(row.User), database: String(row.Db), privileges }
}

/** null: this business's account is as `createTenantAccount` makes it. */
export function tenantDrift(
  seen: ServerAccounts,
  masterKey: Buffer,
  tenant: TenantIdentity,
): AccountDrift | null {
  const account = tenantAccount(masterKey, tenant)
  const { user, database } = account
  const found = (problem: AccountProblem) => ({ user, problem })
  const priv = seen.accounts.get(user)
  if (!priv) return found('missing')
  const grants = seen.grants.get(user) ?? []
  const wanted = database.replace(/[_%]/g, '\\$&')
  const isTooMuch =
    (priv.access ?? 0) !== 0 ||
    seen.tableGrants.has(user) ||
    grants.some(
      (grant) => grant.database !== wanted || grant.privileges.some((one) => !writing.includes(one)),
    )
  if (isTooMuch) return found('too-much')
  if (!takes(priv, account)) return found('password')
  if (priv.account_locked === true) return found('locked')
  if (grants[0]?.privileges.length !== writing.length) return found('grants')
  const isLimited =
    priv.max_user_connections === accountLimits.connections &&
    Number(priv.max_statement_time) === accountLimits.statementSeconds
  return isLimited ? null : found('limits')
}
const writing = ['Delete', 'Insert', 'Select', 'Update']

/** The accounts that copy, whose lack nobody would notice before three in the morning. */
export function copyDrift(seen: ServerAccounts, masterKey: Buffer, serverId: number): AccountDrift[] {
  return [copyAccount(masterKey, serverId), logAccount(masterKey, serverId)].flatMap((account) => {
    const { user } = account
    const priv = seen.accounts.get(user)
    if (!priv) return { user, problem: 'missing' as const }
    if (!takes(priv, account)) return { user, problem: 'password' as const }
    if (priv.account_locked === true) return { user, problem: 'locked' as const }
    return []
  })
}

/** mysql_native_password keeps '*' and SHA1(SHA1(password)); two of them while keys are changed. */
function takes(priv: Priv, { password }: Account): boolean {
  const once = createHash('sha1').update(password).digest()
  const hash = `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`
  return [priv, ...(priv.auth_or ?? [])].some((one) => one.authentication_string?.toUpperCase() === hash)
}
