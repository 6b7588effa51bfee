/**
 * smartket_admin_db: what exists before a tenant is known. One row of `tenants` is one business and
 * names its database. Instants are UTC datetime(3).
 */
import {
  bigint,
  char,
  datetime,
  index,
  int,
  mysqlTable,
  primaryKey,
  text,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core'

const instant = (name: string) => datetime(name, { mode: 'date', fsp: 3 })
const id = () => int('id', { unsigned: true }).autoincrement().primaryKey()
const reference = (name: string) => int(name, { unsigned: true })

/** The trials by rubro and the three paid sizes. A limit of null means none. */
export const plans = mysqlTable('plans', {
  code: varchar('code', { length: 32 }).primaryKey(),
  name: varchar('name', { length: 60 }).notNull(),
  kind: varchar('kind', { length: 8, enum: ['trial', 'paid'] }).notNull(),
  position: int('position').notNull(),
  trialDays: int('trial_days'),
  trialSales: int('trial_sales'),
  /** Which of days and sales ends the trial: whichever comes first, or whichever lasts longer. */
  trialRule: varchar('trial_rule', { length: 16, enum: ['first', 'last'] }),
  /** With the rule `last`: no trial lasts longer than this, whatever was sold. */
  trialMaxDays: int('trial_max_days'),
  priceMonthlyCentimos: int('price_monthly_centimos'),
  priceYearlyCentimos: int('price_yearly_centimos'),
  branches: int('branches'),
  registers: int('registers'),
  staff: int('staff'),
  products: int('products'),
})

/**
 * One business. Status: CREANDO (its database is being made, under a lease), RESERVA (a spare, ready
 * to be claimed), ACTIVO (a business, whatever its plan says). The founding document's query depends
 * on ACTIVO: SELECT nombre_db FROM tenants WHERE status = 'ACTIVO'.
 */
export const tenants = mysqlTable(
  'tenants',
  {
    id: id(),
    /** Random; also in the tenant's own `business` row. Opening compares both. */
    uid: char('uid', { length: 36 }).notNull(),
    /** Names database and account after a restore or a move; keys every cached handle. */
    generation: int('generation').notNull().default(1),
    nombreDb: varchar('nombre_db', { length: 64 }).notNull(),
    businessName: varchar('business_name', { length: 120 }),
    rubro: varchar('rubro', { length: 32 }),
    status: varchar('status', { length: 16, enum: ['CREANDO', 'RESERVA', 'ACTIVO'] }).notNull(),
    plan: varchar('plan', { length: 32 }).references(() => plans.code),
    trialStartedAt: instant('trial_started_at'),
    trialEndsAt: instant('trial_ends_at'),
    paidUntil: instant('paid_until'),
    serverId: int('server_id').notNull().default(1),
    /** The number of the last tenant migration that this database has finished. */
    schemaVersion: int('schema_version').notNull().default(0),
    /** While CREANDO: until when its maker is believed to be alive. */
    leaseUntil: instant('lease_until'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('tenants_uid').on(t.uid),
    uniqueIndex('tenants_nombre_db').on(t.nombreDb),
    index('tenants_status').on(t.status, t.id),
  ],
)

/** People who sign in by e-mail. The e-mail is stored lower-cased. */
export const users = mysqlTable(
  'users',
  {
    id: id(),
    email: varchar('email', { length: 254 }).notNull(),
    passwordHash: varchar('password_hash', { length: 255 }).notNull(),
    emailConfirmedAt: instant('email_confirmed_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
)

/** Which person of which business is this user. `staff_id` is a row of the tenant's own `staff`. */
export const memberships = mysqlTable(
  'memberships',
  {
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    tenantId: reference('tenant_id')
      .notNull()
      .references(() => tenants.id),
    staffId: reference('staff_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.tenantId] }), index('memberships_tenant').on(t.tenantId)],
)

/** Lucia's table. `id` is the SHA-256 of the token in the cookie, never the token. */
export const sessions = mysqlTable(
  'sessions',
  {
    id: char('id', { length: 64 }).primaryKey(),
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    tenantId: reference('tenant_id')
      .notNull()
      .references(() => tenants.id),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_expires').on(t.expiresAt)],
)

/**
 * A recovery link, once. `token_hash` is the SHA-256 of what the mail carries. It is good for exactly this
 * address: worthless once the address has been corrected.
 */
export const passwordResets = mysqlTable(
  'password_resets',
  {
    tokenHash: char('token_hash', { length: 64 }).primaryKey(),
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    email: varchar('email', { length: 254 }).notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('password_resets_user').on(t.userId)],
)

/** A confirmation link for exactly this address; worthless once the address has been corrected. */
export const emailConfirmations = mysqlTable(
  'email_confirmations',
  {
    tokenHash: char('token_hash', { length: 64 }).primaryKey(),
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    email: varchar('email', { length: 254 }).notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('email_confirmations_user').on(t.userId)],
)

/** Fixed windows, counted in the database so that they hold across processes and restarts. */
export const rateLimits = mysqlTable(
  'rate_limits',
  {
    /** SHA-256 of bucket and subject: no address or e-mail is kept in the clear. */
    key: char('key_hash', { length: 64 }).primaryKey(),
    hits: int('hits').notNull(),
    windowEndsAt: instant('window_ends_at').notNull(),
  },
  (t) => [index('rate_limits_window').on(t.windowEndsAt)],
)

/** One row per job, tenant (0: none) and due time; the row is the lock. */
export const jobRuns = mysqlTable(
  'job_runs',
  {
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    job: varchar('job', { length: 64 }).notNull(),
    tenantId: reference('tenant_id').notNull().default(0),
    dueAt: instant('due_at').notNull(),
    status: varchar('status', { length: 8, enum: ['due', 'running', 'done', 'failed'] }).notNull(),
    owner: varchar('owner', { length: 64 }),
    attempts: int('attempts').notNull().default(0),
    leaseUntil: instant('lease_until'),
    heartbeatAt: instant('heartbeat_at'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    error: text('error'),
  },
  (t) => [
    uniqueIndex('job_runs_once').on(t.job, t.tenantId, t.dueAt),
    index('job_runs_status').on(t.status, t.id),
  ],
)
