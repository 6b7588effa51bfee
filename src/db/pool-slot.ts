import mysql, { type Connection, type ConnectionOptions } from 'mysql2/promise'
import type { Account } from './accounts.ts'
import type { ServerAddress } from './server-address.ts'
import { sessionSetup } from './session.ts'

/** One connection of the pool. `holder` is whose session it is; null while it is nobody's for certain. */
export type Slot = { connection: Connection; holder: string | null; usedAt: number; isDead: boolean }

/** For every connection of ours, pooled or not. Instants are UTC on the wire as they are in the columns. */
export const connectionDefaults: ConnectionOptions = {
  charset: 'UTF8MB4_UNICODE_520_CI',
  timezone: 'Z',
  supportBigNumbers: true,
  // mysql2 keeps 523 KB of heap a connection with its default (MARIADB.md, trap 5).
  maxPreparedStatements: 16,
  connectTimeout: 10_000,
}

export const holderOf = (account: Account) => `${account.user} ${account.database}`

export async function openSlot(server: ServerAddress, account: Account): Promise<Slot> {
  const connection = await mysql.createConnection({
    ...connectionDefaults,
    ...server,
    ...credentials(account),
  })
  const slot: Slot = { connection, holder: holderOf(account), usedAt: Date.now(), isDead: false }
  connection.on('error', () => {
    slot.isDead = true
  })
  return slot
}

/** Throws where the slot must be destroyed: after a failed switch it is still the tenant of before. */
export async function switchSlot(slot: Slot, account: Account): Promise<void> {
  slot.holder = null
  await slot.connection.changeUser(credentials(account))
  await setUp(slot, account)
  slot.holder = holderOf(account)
}

/** The session starts afresh: open transactions, locks, variables and temporary tables are gone. */
export async function resetSlot(slot: Slot, account: Account): Promise<void> {
  try {
    await slot.connection.reset()
    await setUp(slot, account)
  } catch {
    slot.isDead = true
  }
}

/** A session that is new, switched or reset has the server's own settings: it is told ours. */
export async function setUp(slot: Slot, account: Account): Promise<void> {
  await slot.connection.query(sessionSetup(account))
}

const credentials = ({ user, password, database }: Account) => ({ user, password, database })

/** Throws where the connection was lost while nobody used it. */
export async function checkSlot(slot: Slot, pingAfterMs: number): Promise<void> {
  if (slot.isDead) throw Object.assign(new Error('lost while idle'), { code: 'PROTOCOL_CONNECTION_LOST' })
  if (Date.now() - slot.usedAt > pingAfterMs) await slot.connection.ping()
}
