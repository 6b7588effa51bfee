/**
 * smartket_admin_db: what exists before a tenant is known. One row of `tenants` is one business and
 * names its database. Instants are UTC datetime(3).
 */
import {
  bigint,
  boolean,
  char,
  customType,
  date,
  datetime,
  index,
  int,
  json,
  mysqlTable,
  primaryKey,
  text,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core'

const instant = (name: string) => datetime(name, { mode: 'date', fsp: 3 })
const id = () => int('id', { unsigned: true }).autoincrement().primaryKey()
const reference = (name: string) => int(name, { unsigned: true })
const serial = () => bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey()
/** A calendar day in Lima, '2026-11-23'. */
const limaDay = (name: string) => date(name, { mode: 'string' })
const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'mediumblob' })

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
  /** No longer sold; whoever has it keeps it, and a payment already on its way still counts. */
  retiredAt: instant('retired_at'),
})

/**
 * One business. Status: CREANDO (its database is being made, under a lease), RESERVA (a spare, ready
 * to be claimed), ACTIVO (a business, whatever its plan says: on trial, paid, late, locked, suspended,
 * closing), BORRADO (its database is gone; the row stays so that its id never returns). The founding document's query depends
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
    status: varchar('status', { length: 16, enum: ['CREANDO', 'RESERVA', 'ACTIVO', 'BORRADO'] }).notNull(),
    plan: varchar('plan', { length: 32 }).references(() => plans.code),
    trialStartedAt: instant('trial_started_at'),
    trialEndsAt: instant('trial_ends_at'),
    /** A midnight in Lima: the first instant that is not paid. null: never paid. */
    paidUntil: instant('paid_until'),
    /** While a payment by hand waits for the operator: works until then whatever paid_until says. */
    provisionalUntil: instant('provisional_until'),
    /** More days, given by the owner's one click or by the operator: a midnight in Lima. */
    extendedUntil: instant('extended_until'),
    /** When the owner took her 3 days; they are given once. */
    extensionTakenAt: instant('extension_taken_at'),
    /** By the operator, with a reason in the audit log. */
    suspendedAt: instant('suspended_at'),
    /** By the owner; 30 days later the business is deleted unless she comes back. */
    closedAt: instant('closed_at'),
    /** While its database is swapped or moved nobody is let in; the reason is for the operator. */
    busyUntil: instant('busy_until'),
    busyReason: varchar('busy_reason', { length: 40 }),
    /** «Ahora no»: the strip of the trial's last days stays away on that day. */
    stripHiddenOn: limaDay('strip_hidden_on'),
    /** An address of a throw-away mail service, or a third trial of one person: for the operator to look at. */
    flags: varchar('flags', { length: 120 }).notNull().default(''),
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
 * A browser that is a counter («Este equipo es la Caja 1»): its cookie's token is kept as SHA-256 only, and is bound to
 * tenant, register and generation. Whoever typed her PIN there last is the person of its requests.
 */
export const devices = mysqlTable(
  'devices',
  {
    id: id(),
    tenantId: reference('tenant_id')
      .notNull()
      .references(() => tenants.id),
    tokenHash: char('token_hash', { length: 64 }).notNull(),
    name: varchar('name', { length: 60 }).notNull(),
    /** A row of the tenant's `registers`. */
    registerId: int('register_id', { unsigned: true }).notNull(),
    generation: int('generation').notNull(),
    /** Who is at it now, a row of the tenant's `staff`; null: the PIN screen. */
    staffId: int('staff_id', { unsigned: true }),
    unlockedAt: instant('unlocked_at'),
    createdAt: instant('created_at').notNull(),
    createdBy: reference('created_by').references(() => users.id),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** What it said last: sales it has made, those not sent yet, and the instant of the oldest of these. */
    soldCount: int('sold_count').notNull().default(0),
    waitingCount: int('waiting_count').notNull().default(0),
    oldestWaitingAt: instant('oldest_waiting_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [uniqueIndex('devices_token').on(t.tokenHash), index('devices_tenant').on(t.tenantId, t.registerId)],
)

/** Wrong PINs of one person on one device: slowed, then blocked there and nowhere else (OPERATIONS.md, section 4). */
export const pinFailures = mysqlTable(
  'pin_failures',
  {
    deviceId: reference('device_id')
      .notNull()
      .references(() => devices.id),
    staffId: int('staff_id', { unsigned: true }).notNull(),
    failures: int('failures').notNull(),
    blockedUntil: instant('blocked_until'),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.staffId] })],
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
    /** What it did, in lines that a person reads: «50 dumped, 950 carried». */
    log: text('log'),
  },
  (t) => [
    uniqueIndex('job_runs_once').on(t.job, t.tenantId, t.dueAt),
    index('job_runs_status').on(t.status, t.id),
  ],
)

/** What a business has chosen to pay, and how it renews. One row a business, from its first checkout on. */
export const subscriptions = mysqlTable(
  'subscriptions',
  {
    tenantId: reference('tenant_id')
      .primaryKey()
      .references(() => tenants.id),
    plan: varchar('plan', { length: 32 })
      .notNull()
      .references(() => plans.code),
    period: varchar('period', { length: 5, enum: ['month', 'year'] }).notNull(),
    /** `hand`: she pays each period herself. `mercadopago`: charged by itself under `external_id`. */
    provider: varchar('provider', { length: 12, enum: ['hand', 'mercadopago'] }).notNull(),
    externalId: varchar('external_id', { length: 64 }),
    status: varchar('status', { length: 10, enum: ['pending', 'active', 'cancelled'] }).notNull(),
    /** Whom the operator's own boleta or factura is made out to; typed once, offered again. */
    document: varchar('document', { length: 8, enum: ['boleta', 'factura'] }).notNull(),
    documentNumber: varchar('document_number', { length: 15 }),
    documentName: varchar('document_name', { length: 150 }),
    documentAddress: varchar('document_address', { length: 200 }),
    cancelledAt: instant('cancelled_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('subscriptions_external').on(t.externalId)],
)

/**
 * One payment for one period of one plan, copied as it was sold: prices and plans may change later.
 * Status: open (a checkout was begun), declared («Ya pagué», by hand, works for 48 hours), confirmed, refused,
 * refunded, charged_back, expired. A confirmed payment is never changed but by a refund or a chargeback.
 */
export const payments = mysqlTable(
  'payments',
  {
    id: serial(),
    tenantId: reference('tenant_id')
      .notNull()
      .references(() => tenants.id),
    /** 128 random bits: our reference in the other service, and the receipt's address. */
    reference: char('reference', { length: 36 }).notNull(),
    plan: varchar('plan', { length: 32 })
      .notNull()
      .references(() => plans.code),
    planName: varchar('plan_name', { length: 60 }).notNull(),
    period: varchar('period', { length: 5, enum: ['month', 'year'] }).notNull(),
    /** The plan's price, what is left of the plan before, and what is to be paid: price − credit. */
    priceCentimos: int('price_centimos').notNull(),
    creditCentimos: int('credit_centimos').notNull().default(0),
    amountCentimos: int('amount_centimos').notNull(),
    currency: char('currency', { length: 3 }).notNull().default('PEN'),
    /** Midnights in Lima: from the first instant paid to the first that is not. Set when it takes effect. */
    coversFrom: instant('covers_from'),
    coversUntil: instant('covers_until'),
    method: varchar('method', { length: 12, enum: ['yape', 'plin', 'transfer', 'mercadopago'] }).notNull(),
    status: varchar('status', {
      length: 12,
      enum: ['open', 'declared', 'confirmed', 'refused', 'refunded', 'charged_back', 'expired', 'agreed'],
    }).notNull(),
    operationNumber: varchar('operation_number', { length: 40 }),
    pictureId: char('picture_id', { length: 64 }).references(() => files.id),
    document: varchar('document', { length: 8, enum: ['boleta', 'factura'] }).notNull(),
    documentNumber: varchar('document_number', { length: 15 }),
    documentName: varchar('document_name', { length: 150 }),
    documentAddress: varchar('document_address', { length: 200 }),
    /** The operator's own boleta or factura, once issued. */
    invoiceNumber: varchar('invoice_number', { length: 20 }),
    /** Who declared it. */
    userId: reference('user_id'),
    declaredAt: instant('declared_at'),
    decidedAt: instant('decided_at'),
    /** null: the service decided. */
    operatorId: reference('operator_id'),
    reason: varchar('reason', { length: 300 }),
    /** Mercado Pago's own number of the payment; one payment of theirs is one of ours. */
    externalId: varchar('external_id', { length: 64 }),
    /** Where its checkout is. */
    checkoutUrl: varchar('checkout_url', { length: 500 }),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('payments_reference').on(t.reference),
    uniqueIndex('payments_external').on(t.externalId),
    index('payments_tenant').on(t.tenantId, t.id),
    index('payments_status').on(t.status, t.createdAt),
  ],
)

/** A notice that another service sent us, once, before anything is believed of it. */
export const webhookEvents = mysqlTable(
  'webhook_events',
  {
    id: serial(),
    provider: varchar('provider', { length: 12 }).notNull(),
    topic: varchar('topic', { length: 40 }).notNull(),
    resourceId: varchar('resource_id', { length: 64 }).notNull(),
    requestId: varchar('request_id', { length: 100 }).notNull(),
    /** What the signature says of its own time: logged, never a reason to refuse. */
    signedAt: instant('signed_at'),
    receivedAt: instant('received_at').notNull(),
    status: varchar('status', { length: 8, enum: ['new', 'done', 'failed'] }).notNull(),
    attempts: int('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
    error: varchar('error', { length: 500 }),
    processedAt: instant('processed_at'),
  },
  (t) => [
    uniqueIndex('webhook_events_once').on(t.provider, t.topic, t.resourceId, t.requestId),
    index('webhook_events_status').on(t.status, t.nextAttemptAt),
  ],
)

/** A mail about the account that must go once: the row is made first, `accepted_at` when the mail was taken. */
export const notices = mysqlTable(
  'notices',
  {
    id: serial(),
    tenantId: reference('tenant_id').notNull(),
    /** 'trial-3', 'trial-1', 'trial-0', 'late', 'locked', 'delete-60', 'delete-30', 'delete-7', … */
    kind: varchar('kind', { length: 24 }).notNull(),
    /** What it is about: the end's day, so that an extension brings its own notices. */
    about: varchar('about', { length: 40 }).notNull(),
    attempts: int('attempts').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    acceptedAt: instant('accepted_at'),
    error: varchar('error', { length: 300 }),
  },
  (t) => [uniqueIndex('notices_once').on(t.tenantId, t.kind, t.about)],
)

/** Pictures that belong to no tenant's database: of payments. `id` is the SHA-256 of the bytes. */
export const files = mysqlTable('files', {
  id: char('id', { length: 64 }).primaryKey(),
  type: varchar('type', { length: 40 }).notNull(),
  bytes: bytes('bytes').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** The people of the operator: another table, another host and another cookie than the owners'. */
export const operators = mysqlTable(
  'operators',
  {
    id: id(),
    name: varchar('name', { length: 80 }).notNull(),
    email: varchar('email', { length: 254 }).notNull(),
    passwordHash: varchar('password_hash', { length: 255 }).notNull(),
    /** Encrypted with a key derived from the master key. */
    totpSecret: varchar('totp_secret', { length: 255 }).notNull(),
    /** The last time step that was accepted: none is accepted twice. */
    totpLastStep: bigint('totp_last_step', { mode: 'number' }).notNull().default(0),
    active: boolean('active').notNull().default(true),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('operators_email').on(t.email)],
)

/** `id` is the SHA-256 of the cookie's token. 30 minutes idle, 12 hours at most. */
export const operatorSessions = mysqlTable(
  'operator_sessions',
  {
    id: char('id', { length: 64 }).primaryKey(),
    operatorId: reference('operator_id')
      .notNull()
      .references(() => operators.id),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (t) => [index('operator_sessions_seen').on(t.lastSeenAt)],
)

/** In place of a code from the telephone, each once. */
export const operatorRecoveryCodes = mysqlTable(
  'operator_recovery_codes',
  {
    codeHash: char('code_hash', { length: 64 }).primaryKey(),
    operatorId: reference('operator_id')
      .notNull()
      .references(() => operators.id),
    usedAt: instant('used_at'),
  },
  (t) => [index('operator_recovery_codes_operator').on(t.operatorId)],
)

/** The owner lets support look, for an hour. Reading goes through a MySQL account of its own that can only read. */
export const supportGrants = mysqlTable(
  'support_grants',
  {
    id: id(),
    tenantId: reference('tenant_id').notNull(),
    grantedBy: reference('granted_by').notNull(),
    grantedAt: instant('granted_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    /** When its account was dropped and its connections killed. */
    accountDroppedAt: instant('account_dropped_at'),
    operatorId: reference('operator_id'),
    enteredAt: instant('entered_at'),
    lastSeenAt: instant('last_seen_at'),
    /** SHA-256 of the one code that opens the door on the app's host, and of the cookie behind it. */
    codeHash: char('code_hash', { length: 64 }),
    sessionHash: char('session_hash', { length: 64 }),
  },
  (t) => [
    index('support_grants_tenant').on(t.tenantId, t.id),
    uniqueIndex('support_grants_code').on(t.codeHash),
    uniqueIndex('support_grants_session').on(t.sessionHash),
  ],
)

/**
 * Who did what to which business and why. Rows are only added; tenant_id stays when the business is gone, and the
 * addresses of its rows go with it.
 */
export const auditLog = mysqlTable(
  'audit_log',
  {
    id: serial(),
    at: instant('at').notNull(),
    operatorId: reference('operator_id'),
    userId: reference('user_id'),
    tenantId: reference('tenant_id'),
    /** 'tenant.suspended', 'payment.confirmed', 'support.entered', 'tenant.deleted', … */
    act: varchar('act', { length: 60 }).notNull(),
    reason: varchar('reason', { length: 300 }),
    /** What was there before and after, never a secret. */
    detail: json('detail').$type<Record<string, unknown>>(),
    address: varchar('address', { length: 45 }),
  },
  (t) => [index('audit_log_tenant').on(t.tenantId, t.id), index('audit_log_at').on(t.at)],
)

/**
 * What the console shows of every business without opening a thousand databases: written by a job, and
 * exactly as old as `refreshed_at`.
 */
export const tenantStats = mysqlTable(
  'tenant_stats',
  {
    tenantId: reference('tenant_id')
      .primaryKey()
      .references(() => tenants.id),
    refreshedAt: instant('refreshed_at').notNull(),
    setupStep: int('setup_step').notNull().default(0),
    ownerName: varchar('owner_name', { length: 80 }).notNull().default(''),
    ownerEmail: varchar('owner_email', { length: 254 }).notNull().default(''),
    /** Only where the owner agreed to be written to. */
    whatsapp: varchar('whatsapp', { length: 20 }),
    branches: int('branches').notNull().default(0),
    registers: int('registers').notNull().default(0),
    staff: int('staff').notNull().default(0),
    products: int('products').notNull().default(0),
    salesMade: int('sales_made').notNull().default(0),
    salesCentimos: bigint('sales_centimos', { mode: 'number' }).notNull().default(0),
    sales7Days: int('sales_7_days').notNull().default(0),
    firstSaleAt: instant('first_sale_at'),
    lastSaleAt: instant('last_sale_at'),
    /** The instant of the sale that used up the trial's sales. */
    trialSalesUsedUpAt: instant('trial_sales_used_up_at'),
    databaseBytes: bigint('database_bytes', { mode: 'number' }).notNull().default(0),
  },
  (t) => [index('tenant_stats_refreshed').on(t.refreshedAt)],
)

/** Counts by day in Lima: visits of the landing (tenant 0), errors of a business. No person is in them. */
export const dailyCounts = mysqlTable(
  'daily_counts',
  {
    day: limaDay('day').notNull(),
    name: varchar('name', { length: 40 }).notNull(),
    tenantId: reference('tenant_id').notNull().default(0),
    count: int('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.name, t.tenantId] })],
)

/** «Hecho»: this business is out of that queue of «Hoy» for the reason it was in it. */
export const queueMarks = mysqlTable(
  'queue_marks',
  {
    tenantId: reference('tenant_id').notNull(),
    queue: varchar('queue', { length: 24 }).notNull(),
    /** What it was about: the wizard's step, the end's day. Something new brings it back. */
    about: varchar('about', { length: 40 }).notNull(),
    operatorId: reference('operator_id').notNull(),
    markedAt: instant('marked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.queue, t.about] })],
)

/**
 * Libro de Reclamaciones (D.S. 011-2011-PCM): rows are added, never edited, never deleted. The number counts
 * without gaps within the year: 2026-000001.
 */
export const complaints = mysqlTable(
  'complaints',
  {
    id: id(),
    year: int('year').notNull(),
    number: int('number').notNull(),
    /** The form's own key: the same form sent twice is one complaint. */
    requestKey: char('request_key', { length: 36 }).notNull(),
    receivedAt: instant('received_at').notNull(),
    /** The last day for the answer: 15 business days. */
    answerBy: limaDay('answer_by').notNull(),
    kind: varchar('kind', { length: 8, enum: ['reclamo', 'queja'] }).notNull(),
    consumerName: varchar('consumer_name', { length: 150 }).notNull(),
    consumerAddress: varchar('consumer_address', { length: 200 }).notNull(),
    documentType: varchar('document_type', { length: 10, enum: ['DNI', 'CE', 'PASAPORTE', 'RUC'] }).notNull(),
    documentNumber: varchar('document_number', { length: 15 }).notNull(),
    phone: varchar('phone', { length: 20 }).notNull(),
    email: varchar('email', { length: 254 }).notNull(),
    /** Father, mother or guardian, when the consumer is a minor. */
    guardianName: varchar('guardian_name', { length: 150 }),
    item: varchar('item', { length: 8, enum: ['producto', 'servicio'] }).notNull(),
    itemDescription: varchar('item_description', { length: 300 }).notNull(),
    amountCentimos: int('amount_centimos'),
    detail: text('detail').notNull(),
    request: text('request').notNull(),
    /** The provider as it was on that day: name and RUC. */
    provider: varchar('provider', { length: 250 }).notNull(),
  },
  (t) => [
    uniqueIndex('complaints_number').on(t.year, t.number),
    uniqueIndex('complaints_request').on(t.requestKey),
  ],
)

/** The provider's answer, once. */
export const complaintAnswers = mysqlTable('complaint_answers', {
  complaintId: reference('complaint_id')
    .primaryKey()
    .references(() => complaints.id),
  operatorId: reference('operator_id').notNull(),
  answeredAt: instant('answered_at').notNull(),
  answer: text('answer').notNull(),
})

/** Mails of a complaint, to the consumer and to us: when each was accepted. */
export const complaintMails = mysqlTable('complaint_mails', {
  id: serial(),
  complaintId: reference('complaint_id')
    .notNull()
    .references(() => complaints.id),
  kind: varchar('kind', { length: 8, enum: ['copy', 'answer'] }).notNull(),
  acceptedAt: instant('accepted_at').notNull(),
})

/** «Descargar todo»: one zip in the data folder, for 24 hours, for the session that asked for it. */
export const dataExports = mysqlTable(
  'exports',
  {
    id: id(),
    tenantId: reference('tenant_id').notNull(),
    userId: reference('user_id').notNull(),
    sessionId: char('session_id', { length: 64 }).notNull(),
    status: varchar('status', {
      length: 8,
      enum: ['waiting', 'making', 'ready', 'failed', 'gone'],
    }).notNull(),
    doneParts: int('done_parts').notNull().default(0),
    allParts: int('all_parts').notNull().default(0),
    fileName: varchar('file_name', { length: 120 }),
    bytes: bigint('bytes', { mode: 'number' }),
    problem: varchar('problem', { length: 300 }),
    leaseUntil: instant('lease_until'),
    createdAt: instant('created_at').notNull(),
    finishedAt: instant('finished_at'),
    expiresAt: instant('expires_at'),
  },
  (t) => [index('exports_tenant').on(t.tenantId, t.id), index('exports_status').on(t.status, t.id)],
)

/**
 * One copy of one database in one night: made anew, or carried from an earlier night because nothing had
 * changed. tenant_id 0 is the admin database. Files of a row that is not `whole` are never trusted. The
 * manifest of the night says the same beside the files: losing this table loses no copy.
 */
export const backups = mysqlTable(
  'backups',
  {
    id: serial(),
    tenantId: reference('tenant_id').notNull(),
    uid: char('uid', { length: 36 }).notNull(),
    generation: int('generation').notNull(),
    nombreDb: varchar('nombre_db', { length: 64 }).notNull(),
    serverId: int('server_id').notNull().default(1),
    schemaVersion: int('schema_version').notNull().default(0),
    night: limaDay('night').notNull(),
    kind: varchar('kind', { length: 8, enum: ['dumped', 'carried'] }).notNull(),
    /** The night in which the file was made. */
    dumpedOn: limaDay('dumped_on').notNull(),
    status: varchar('status', { length: 8, enum: ['whole', 'failed'] }).notNull(),
    /** Everything committed until then is in it. */
    takenAt: instant('taken_at').notNull(),
    contentHash: char('content_hash', { length: 64 }),
    salesMade: int('sales_made'),
    salesCentimos: bigint('sales_centimos', { mode: 'number' }),
    bytes: bigint('bytes', { mode: 'number' }),
    sha256: char('sha256', { length: 64 }),
    binlogFile: varchar('binlog_file', { length: 80 }),
    binlogOffset: bigint('binlog_offset', { mode: 'number' }),
    durationMs: int('duration_ms'),
    /** Restored, and equal to what the manifest says. */
    verifiedAt: instant('verified_at'),
    uploadedAt: instant('uploaded_at'),
    /** Whether the file still lies in the data folder; the store keeps longer. */
    isLocal: boolean('is_local').notNull().default(true),
    problem: varchar('problem', { length: 500 }),
  },
  (t) => [
    uniqueIndex('backups_night').on(t.tenantId, t.night, t.uid, t.generation),
    index('backups_verified').on(t.tenantId, t.verifiedAt),
    index('backups_of_night').on(t.night),
  ],
)

/** The database servers. Their addresses and passwords stand in the environment: DATABASE_URL_2, … */
export const servers = mysqlTable('servers', {
  id: int('id').primaryKey(),
  name: varchar('name', { length: 60 }).notNull(),
  /** open: new businesses go there; full: none; draining: none, and its businesses are being moved away. */
  status: varchar('status', { length: 8, enum: ['open', 'full', 'draining'] }).notNull(),
  /** How many businesses it should hold at most. */
  capacity: int('capacity').notNull().default(1000),
  createdAt: instant('created_at').notNull(),
})

/** A database that nobody works in any more, kept for some days after a restore, a move or a deletion. */
export const keptDatabases = mysqlTable(
  'kept_databases',
  {
    id: serial(),
    tenantId: reference('tenant_id').notNull(),
    nombreDb: varchar('nombre_db', { length: 64 }).notNull(),
    generation: int('generation').notNull(),
    serverId: int('server_id').notNull(),
    /** `making`: for a restore or move under way, or one that came to nothing. Its number is never given again. */
    why: varchar('why', { length: 8, enum: ['restore', 'move', 'making'] }).notNull(),
    keptAt: instant('kept_at').notNull(),
    keptUntil: instant('kept_until').notNull(),
    droppedAt: instant('dropped_at'),
  },
  (t) => [index('kept_databases_until').on(t.keptUntil)],
)

/**
 * The key of one business's copies, wrapped for the operator's own keys, whose private halves are never here.
 * Without this row nobody opens the copies in the store: that is how they are erased (Ley 29733).
 */
export const tenantKeys = mysqlTable('tenant_keys', {
  /** 0: the admin database's. */
  tenantId: reference('tenant_id').primaryKey(),
  uid: char('uid', { length: 36 }).notNull(),
  recipient: varchar('recipient', { length: 120 }).notNull(),
  wrappedIdentity: text('wrapped_identity').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** One process at a time works on something that belongs to no due time: migrating, restoring a business. */
export const workLeases = mysqlTable('work_leases', {
  name: varchar('name', { length: 64 }).primaryKey(),
  owner: varchar('owner', { length: 64 }).notNull(),
  leaseUntil: instant('lease_until').notNull(),
})
