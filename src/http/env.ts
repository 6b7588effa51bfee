import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Mailer } from '#src/accounts/mailer.ts'
import type { AccountState } from '#src/billing/account.ts'
import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import type { Hasher } from '#src/http/hashing.ts'
import type { Shell } from '#src/http/shell.ts'
import type { RucLookup } from '#src/ruc/lookup.ts'
import type { SupportNotice } from '#src/support/support.ts'
import type { Tenant } from '#src/tenants/queries.ts'

/** What the process has once and every request may use. Tests pass their own. */
export type Services = {
  config: Config
  databases: Databases
  log: Logger
  clock: () => Date
  mailer: Mailer
  rucLookup: RucLookup
  /** Only then are the register's data offered: a search that can never answer is no help. */
  canLookUpRuc: () => Promise<boolean>
  hasher: Hasher
}

type Everyone = {
  services: Services
  requestId: string
  /** The instant of this request: handlers never ask the clock again. */
  now: Date
  /** The caller's address as limits count it; behind a proxy only what the proxy says. */
  clientAddress: string
}

export type Env = { Variables: Everyone }

export type SignedInUser = { id: number; email: string; emailConfirmedAt: Date | null }
export type Role = 'dueno' | 'encargado' | 'cajera' | 'mozo' | 'contador'
export type ActingStaff = { id: number; name: string; role: Role }

/** The counter PC that a request comes from, after the PIN of whoever is at it. */
export type ActingDevice = { id: number; registerId: number; name: string }

/** A request of a person inside a business. The only database in it is that business's. */
export type TenantEnv = {
  Variables: Everyone & {
    tenant: Tenant
    db: TenantDb
    user: SignedInUser
    staff: ActingStaff
    /** Null with an e-mail session; with a device `user` is nobody (id 0), and `sessionId` is empty. */
    device: ActingDevice | null
    sessionId: string
    /** Where the business stands with us at this instant: trial, paid, late, locked… */
    account: AccountState
    /** Set where an operator looks with the owner's permission; the frame of a page tells the business too. */
    support: SupportNotice | null
    shell: Shell
  }
}

export type TenantContext = Context<TenantEnv>
