import { char, datetime, int, mysqlTable, primaryKey, text, varchar } from 'drizzle-orm/mysql-core'

const instant = (name: string) => datetime(name, { mode: 'date', fsp: 3 })

/**
 * What the migration runner has done, per database (tenant 0: the admin database itself) and file.
 * `statements_done` moves after each statement; `running_statement` is written before it, so that a run
 * killed in between knows which statement may already be there. Owner and lease are the lock: one
 * process at a time migrates one database. Outside the schema that drizzle-kit reads: the runner makes
 * this table before there is any migration to run.
 */
export const schemaMigrations = mysqlTable(
  'schema_migrations',
  {
    tenantId: int('tenant_id', { unsigned: true }).notNull(),
    version: int('version').notNull(),
    name: varchar('name', { length: 120 }).notNull(),
    hash: char('hash', { length: 64 }).notNull(),
    statements: int('statements').notNull(),
    statementsDone: int('statements_done').notNull().default(0),
    runningStatement: int('running_statement'),
    state: varchar('state', { length: 8, enum: ['running', 'done', 'failed'] }).notNull(),
    error: text('error'),
    owner: varchar('owner', { length: 64 }),
    leaseUntil: instant('lease_until'),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.version] })],
)

export const createSchemaMigrations = `create table if not exists schema_migrations (
  tenant_id int unsigned not null,
  version int not null,
  name varchar(120) not null,
  hash char(64) not null,
  statements int not null,
  statements_done int not null default 0,
  running_statement int,
  state varchar(8) not null,
  error text,
  owner varchar(64),
  lease_until datetime(3),
  started_at datetime(3) not null,
  finished_at datetime(3),
  primary key (tenant_id, version)
)`
