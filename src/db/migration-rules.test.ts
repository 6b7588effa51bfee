import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errnoOf } from '#src/db/errors.ts'
import { problemsOf, spelled } from '#src/db/migration-rules.ts'
import { hashOfFirst, migrationFiles, parseMigration } from '#src/db/migrations.ts'
import { compareReleases, isRelease } from '#src/db/release.ts'
import { testDatabases, testTenant } from '../../tests/support/database.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

/** Until here the files were written before there was a rule, and no business had sold a thing. */
const beforeTheRules = { tenant: 2, admin: 5 }

const file = (...statements: string[]) =>
  parseMigration('0007_fiado.sql', statements.join(';\n--> statement-breakpoint\n'))
const header = '-- reads_from: 0.4.0\n'

describe('the files that we ship', () => {
  test('say from which release on they can be worked on', () => {
    for (const { name, readsFrom } of migrationFiles('tenant')) {
      expect(readsFrom, name).not.toBeNull()
      expect(compareReleases(readsFrom ?? '', version), `${name} is too new for its own release`).not.toBe(1)
    }
  })

  test('neither copy nor lock a table that sells, and take nothing away from the release before', () => {
    const tenant = migrationFiles('tenant').filter(({ version }) => version > beforeTheRules.tenant)
    const admin = migrationFiles('admin').filter(({ version }) => version > beforeTheRules.admin)
    const problems = [
      ...tenant.flatMap((one) => problemsOf(one)),
      ...admin.flatMap((one) => problemsOf(one, { needsReadsFrom: false })),
    ]
    expect(problems).toEqual([])
  })

  test('never ask for less than the one before', () => {
    const releases = migrationFiles('tenant').map(({ readsFrom }) => readsFrom ?? '')
    expect(releases).toEqual(releases.toSorted(compareReleases))
  })
})

describe('a file as drizzle-kit writes it', () => {
  test.each([
    ['ALTER TABLE `products` ADD `note` varchar(80)', 'ALGORITHM=INSTANT, LOCK=NONE'],
    ["ALTER TABLE `products` ADD `kind` varchar(8) DEFAULT '' NOT NULL", 'ALGORITHM=INSTANT, LOCK=NONE'],
    ['CREATE INDEX `products_kind` ON `products` (`unit`)', 'ALGORITHM=INPLACE LOCK=NONE'],
    ['DROP INDEX `products_price` ON `products`', 'ALGORITHM='],
  ])('is sent back with the words that are missing: %s', (statement, words) => {
    const problems = problemsOf(file(header + statement))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(words)
    expect(problemsOf(file(header + spelled(statement)))).toEqual([])
  })

  test.each([
    'ALTER TABLE `products` DROP COLUMN `emoji`',
    'ALTER TABLE `products` DROP `emoji`',
    'ALTER TABLE `products` RENAME COLUMN `emoji` TO `picture`',
    'ALTER TABLE `products` MODIFY COLUMN `emoji` varchar(2)',
    'ALTER TABLE `products` ADD `kind` varchar(8) NOT NULL',
    'ALTER TABLE `products` ADD CONSTRAINT `products_name` UNIQUE(`name`)',
    'ALTER TABLE `products` ADD CONSTRAINT `p_f` FOREIGN KEY (`photo_id`) REFERENCES `files`(`id`)',
    'CREATE UNIQUE INDEX `products_name` ON `products` (`name`)',
    'DROP TABLE `products`',
  ])('that takes something away says why nobody misses it: %s', (statement) => {
    const text = header + spelled(statement)
    expect(problemsOf(file(text)).join()).toContain('contract in a later release')
    const said = text.replace(header, `${header}-- contract: unread since 0.3.0\n`)
    expect(problemsOf(file(said))).toEqual([])
  })

  test('may do anything to a table of its own', () => {
    const own = [
      `${header}CREATE TABLE \`fiado\` (\`id\` int NOT NULL PRIMARY KEY)`,
      'ALTER TABLE `fiado` ADD CONSTRAINT `f` FOREIGN KEY (`id`) REFERENCES `sales`(`id`)',
      'CREATE UNIQUE INDEX `u` ON `fiado` (`id`)',
    ]
    expect(problemsOf(file(...own))).toEqual([])
  })

  test('without reads_from is not shipped', () => {
    expect(problemsOf(file('CREATE TABLE `fiado` (`id` int PRIMARY KEY)'))).toEqual([
      expect.stringContaining('reads_from'),
    ])
    expect(() => file('-- reads_from: soon\nCREATE TABLE `x` (`id` int)')).toThrow('names a release')
  })

  test('has the same hash whatever it says of itself, and another when its SQL changes', () => {
    const plain = file('CREATE TABLE `a` (`id` int)', 'CREATE TABLE `b` (`id` int)')
    const said = file(
      `${header}-- contract: x\nCREATE TABLE \`a\` (\`id\` int)`,
      'CREATE TABLE `b` (`id` int)',
    )
    const other = file('CREATE TABLE `a` (`id` int)', 'CREATE TABLE `c` (`id` int)')
    expect(said.hash).toBe(plain.hash)
    expect(said.statements).toEqual(plain.statements)
    expect(other.hash).not.toBe(plain.hash)
    expect(hashOfFirst(other, 1)).toBe(hashOfFirst(plain, 1))
    expect(hashOfFirst(other, 2)).not.toBe(hashOfFirst(plain, 2))
  })
})

test('MariaDB itself refuses a spelled change that would copy the table, and makes the others', async () => {
  const databases = await testDatabases()
  const { tenant } = await testTenant('Pollería Rosita', databases)
  const answers = await databases.provision(async (root) => {
    await root.select(tenant.nombreDb)
    const run = (statement: string) =>
      root.query(spelled(statement)).then(
        () => 'made',
        (error: unknown) => errnoOf(error),
      )
    return {
      column: await run('ALTER TABLE `products` ADD `later` varchar(80)'),
      filled: await run('ALTER TABLE `products` ADD `kind` boolean DEFAULT false NOT NULL'),
      index: await run('CREATE INDEX `products_later` ON `products` (`later`)'),
      gone: await run('DROP INDEX `products_later` ON `products`'),
      type: await run('ALTER TABLE `products` MODIFY COLUMN `later` int'),
      foreign: await run(
        'ALTER TABLE `products` ADD CONSTRAINT `p_x` FOREIGN KEY (`photo_id`) REFERENCES `files`(`id`)',
      ),
    }
  })
  const refused = 1846
  expect(answers).toEqual({
    column: 'made',
    filled: 'made',
    index: 'made',
    gone: 'made',
    type: refused,
    foreign: refused,
  })
})

test('releases are compared by their numbers', () => {
  expect(['0.10.0', '0.9.9', '1.0.0', '0.9.10'].toSorted(compareReleases)).toEqual([
    '0.9.9',
    '0.9.10',
    '0.10.0',
    '1.0.0',
  ])
  expect(compareReleases('1.2.3-beta.1', '1.2.3')).toBe(0)
  expect(isRelease('1.2')).toBe(false)
  expect(() => compareReleases('latest', '1.0.0')).toThrow('not a release')
})
