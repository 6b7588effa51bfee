import { boolean, char, datetime, int, mysqlTable, primaryKey, text, varchar } from 'drizzle-orm/mysql-core'
import type { Provisioner } from './provisioner.ts'

const instant = (name: string) => datetime(name, { mode: 'date', fsp: 3 })

/**
 * What the migration runner has done, per database (tenant 0: the admin database itself) and file.
 * `statements_done` moves with the statements; `running_statement` is written before each stretch of them, so that a run
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
    /** The oldest release that may still work here: an older program cannot read it in a file it does not have. */
    readsFrom: varchar('reads_from', { length: 20 }),
    /** Of the statements that are there when one failed: the rest of the file may be mended, these may not. */
    doneHash: char('done_hash', { length: 64 }),
    /** Ran in a database that was empty: it says nothing about how the file does among somebody's rows. */
    isFresh: boolean('is_fresh').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.version] })],
)

const create = `create table if not exists schema_migrations (
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
  reads_from varchar(20),
  done_hash char(64),
  is_fresh boolean not null default false,
  primary key (tenant_id, version)
)`

/** Columns that the table did not have at first. */
const extend = `alter table schema_migrations
  add column if not exists reads_from varchar(20),
  add column if not exists done_hash char(64),
  add column if not exists is_fresh boolean not null default false,
  algorithm=instant`

/** In the admin database, selected. Looks first: DDL that does nothing is written to the binary log all the same. */
export async function prepareSchemaMigrations(root: Provisioner): Promise<void> {
  const columns = (await root.query(
    `select column_name as name from information_schema.columns where table_schema = database() and table_name = 'schema_migrations'`,
  )) as { name: string }[]
  if (columns.length === 0) await root.query(create)
  else if (!columns.some(({ name }) => name === 'is_fresh')) await root.query(extend)
}
