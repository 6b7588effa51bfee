import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { MigrationRefused } from '#src/db/errors.ts'
import { migrateAdmin, migrateAll, migrateTenant } from '#src/db/migrate.ts'
import { schemaMigrations } from '#src/db/migration-table.ts'
import { migrationFiles, parseMigration } from '#src/db/migrations.ts'
import type { TenantIdentity } from '#src/db/tenant.ts'
import { makeSpare } from '#src/tenants/spares.ts'
import { ownDatabases } from '../../tests/support/database.ts'

const now = new Date('2026-11-23T17:00:00.000Z')
const shipped = migrationFiles('tenant')
const nextVersion = (shipped.at(-1)?.version ?? 0) + 1
const fileName = (version: number, name: string) => `${String(version - 1).padStart(4, '0')}_${name}.sql`

/** One statement of every kind that may be found done already. */
const statements = [
  'create table fiado (id int not null primary key, customer varchar(80) not null)',
  'create table abonos (id int not null primary key, fiado_id int not null)',
  'alter table abonos add constraint abonos_fiado foreign key (fiado_id) references fiado (id)',
  'create index fiado_customer on fiado (customer)',
  'alter table fiado add column note varchar(80), add column limit_centimos int',
  'alter table fiado drop column note',
  'alter table fiado drop index fiado_customer',
  "insert ignore into fiado (id, customer) values (1, 'Beto')",
]
const fiado = parseMigration(fileName(nextVersion, 'fiado'), statements.join(';\n--> statement-breakpoint\n'))
const withFiado = [...shipped, fiado]

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
})
afterAll(() => own.stop())

const runOf = async (tenant: TenantIdentity, version = nextVersion) => {
  const rows = await databases.admin
    .select()
    .from(schemaMigrations)
    .where(eq(schemaMigrations.tenantId, tenant.id))
  return rows.find((row) => row.version === version)
}
const columnsOfFiado = async (tenant: TenantIdentity) => {
  const rows = (await databases.provision((root) =>
    root.query(
      `select column_name as name from information_schema.columns where table_schema = ? and table_name = 'fiado' order by ordinal_position`,
      [tenant.nombreDb],
    ),
  )) as { name: string }[]
  return rows.map(({ name }) => name)
}
const versionOf = async (tenant: TenantIdentity) => {
  const [row] = await databases.admin.select().from(tenants).where(eq(tenants.id, tenant.id))
  return row?.schemaVersion
}

describe('an upgrade', () => {
  test('changes the tables of a business and says how far it is', async () => {
    const rosa = await makeSpare(databases, () => now)
    await migrateTenant(databases, rosa, { files: withFiado })
    expect(await columnsOfFiado(rosa)).toEqual(['id', 'customer', 'limit_centimos'])
    expect(await runOf(rosa)).toMatchObject({
      name: fiado.name,
      state: 'done',
      statements: 8,
      statementsDone: 8,
      runningStatement: null,
      owner: null,
    })
    expect(await versionOf(rosa)).toBe(nextVersion)
  })

  test('that has run already does nothing', async () => {
    const rosa = await makeSpare(databases, () => now)
    await migrateTenant(databases, rosa, { files: withFiado })
    let steps = 0
    await migrateTenant(databases, rosa, { files: withFiado, hook: () => void steps++ })
    expect(steps).toBe(0)
  })

  test.each(
    statements.flatMap((_, i) => [
      { when: 'before' as const, at: i },
      { when: 'after' as const, at: i },
    ]),
  )('broken off $when statement $at goes on where it was', async ({ when, at }) => {
    const rosa = await makeSpare(databases, () => now)
    const dying = migrateTenant(databases, rosa, {
      files: withFiado,
      hook: (step, statement) => {
        if (step === when && statement === at) throw new Error('killed')
      },
    })
    await expect(dying).rejects.toThrow('killed')
    expect(await versionOf(rosa)).toBe(nextVersion - 1)
    // As kill -9 leaves it: nobody wrote that it failed, and the lease runs out.
    await databases.admin
      .update(schemaMigrations)
      .set({ state: 'running', owner: 'dead', leaseUntil: new Date('2020-01-01') })
      .where(eq(schemaMigrations.state, 'failed'))

    const ran: number[] = []
    await migrateTenant(databases, rosa, {
      files: withFiado,
      hook: (step, statement) => void (step === 'before' && ran.push(statement)),
    })
    expect(ran).toEqual(statements.map((_, i) => i).slice(at))
    expect(await columnsOfFiado(rosa)).toEqual(['id', 'customer', 'limit_centimos'])
    expect(await versionOf(rosa)).toBe(nextVersion)
  })

  test('by two processes at once runs every statement once', async () => {
    const rosa = await makeSpare(databases, () => now)
    const other = await own.open()
    const ran: number[] = []
    const hook = (step: 'before' | 'after', statement: number) =>
      void (step === 'before' && ran.push(statement))
    await Promise.all([
      migrateTenant(databases, rosa, { files: withFiado, hook }),
      migrateTenant(other, rosa, { files: withFiado, hook }),
    ])
    expect(ran).toEqual(statements.map((_, i) => i))
  })
})

describe('a statement that fails', () => {
  const broken = parseMigration(
    fileName(nextVersion, 'broken'),
    'create table half (id int primary key);\n--> statement-breakpoint\ncreate table staff (id int primary key);',
  )

  test('is told, and not taken for done when it runs again: the table was there for another reason', async () => {
    const rosa = await makeSpare(databases, () => now)
    for (let i = 0; i < 2; i++) {
      const failing = migrateTenant(databases, rosa, { files: [...shipped, broken] })
      await expect(failing).rejects.toThrow(`${broken.name}, statement 2 of 2: MariaDB answered 1050`)
    }
    expect(await runOf(rosa)).toMatchObject({ state: 'failed', statementsDone: 1, runningStatement: null })
  })

  test('in one business stops no other, and stands in the report', async () => {
    const [rosa, carla, dora] = [
      await makeSpare(databases, () => now),
      await makeSpare(databases, () => now),
      await makeSpare(databases, () => now),
    ]
    await databases.provision((root) => root.query(`create table ${carla.nombreDb}.fiado (id int)`))
    const progress: number[] = []
    const report = await migrateAll(databases, {
      files: withFiado,
      onProgress: ({ finished, failed }) => void progress.push(finished + failed),
    })
    expect(report.failed.map(({ tenantId }) => tenantId)).toContain(carla.id)
    expect(report.failed.find(({ tenantId }) => tenantId === carla.id)?.problem).toContain('statement 1')
    expect(await versionOf(rosa)).toBe(nextVersion)
    expect(await versionOf(carla)).toBe(nextVersion - 1)
    expect(await versionOf(dora)).toBe(nextVersion)
    expect(progress).toEqual(progress.map((_, i) => i + 1))

    const again = await migrateAll(databases, { files: withFiado })
    expect(again.migrated).toBe(0)
  })
})

describe('a migration that was changed after it had run', () => {
  const altered = withFiado.map((file) => (file === fiado ? { ...file, hash: 'f'.repeat(64) } : file))

  test('is refused with a sentence that says what to do', async () => {
    const rosa = await makeSpare(databases, () => now)
    await migrateTenant(databases, rosa, { files: withFiado })
    const refused = migrateTenant(databases, rosa, { files: altered })
    await expect(refused).rejects.toThrow(MigrationRefused)
    await expect(migrateTenant(databases, rosa, { files: altered })).rejects.toThrow(
      `The migration ${fiado.name} was changed after it had run on tenant ${rosa.id}. Put the file back`,
    )
  })

  test('is refused half-way too', async () => {
    const rosa = await makeSpare(databases, () => now)
    const dying = migrateTenant(databases, rosa, {
      files: withFiado,
      hook: (_, statement) => {
        if (statement === 3) throw new Error('killed')
      },
    })
    await expect(dying).rejects.toThrow('killed')
    await expect(migrateTenant(databases, rosa, { files: altered })).rejects.toThrow(MigrationRefused)
  })

  test('of the admin database is refused as well', async () => {
    const files = migrationFiles('admin').map((file) => ({ ...file, hash: '0'.repeat(64) }))
    await expect(migrateAdmin(databases, { files })).rejects.toThrow('the admin database')
  })
})

test('the table of progress of an older release gets the columns that it lacks, and keeps its rows', async () => {
  const before = await databases.admin.$count(schemaMigrations)
  await databases.provision(async (root) => {
    await root.select('smartket_admin_db')
    await root.query(
      'alter table schema_migrations drop column reads_from, drop column done_hash, drop column is_fresh',
    )
  })
  await migrateAdmin(databases)
  await migrateAdmin(databases)
  const rows = await databases.admin.select().from(schemaMigrations)
  expect(rows).toHaveLength(before)
  expect(rows[0]).toMatchObject({ readsFrom: null, doneHash: null, isFresh: false })
})

describe('the migrations that we ship', () => {
  const all = [...migrationFiles('admin'), ...shipped]

  test('never name a database: replaying a log for one business would drop them silently', () => {
    for (const { statements } of all)
      for (const statement of statements)
        expect(statement).not.toMatch(/`\s*\.\s*`|\b(use|create\s+database)\b/i)
  })

  test('hold no routine, trigger, event or view: a dump without privileges on them would lose them', () => {
    for (const { statements } of shipped)
      for (const statement of statements)
        expect(statement).not.toMatch(/\bcreate\b.*\b(procedure|function|trigger|event|view)\b/i)
  })

  test('give every table a primary key', async () => {
    const [rows] = await databases.admin.execute(sql`
      select t.table_name from information_schema.tables t
      left join information_schema.table_constraints c
        on c.table_schema = t.table_schema and c.table_name = t.table_name and c.constraint_type = 'PRIMARY KEY'
      where t.table_schema = database() and c.table_name is null`)
    expect(rows).toEqual([])
    for (const statement of shipped.flatMap(({ statements }) => statements))
      if (/^create table/i.test(statement)) expect(statement).toMatch(/primary key/i)
  })

  test('seed the trials and the three sizes', async () => {
    const [rows] = await databases.admin.execute(
      sql`select code, price_monthly_centimos as price, trial_days as days from plans order by position`,
    )
    expect(rows).toHaveLength(11)
    expect(rows).toContainEqual({ code: 'TRIAL_POLLERIA', price: null, days: 14 })
    expect(rows).toContainEqual({ code: 'CADENA', price: 13900, days: null })
  })
})
