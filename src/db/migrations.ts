import { createHash } from 'node:crypto'
import { assets, assetText } from '#src/lib/assets.ts'
import { isRelease } from './release.ts'

export type MigrationKind = 'admin' | 'tenant'

/** One file of drizzle/: its number from 1 on, and its statements in order. docs/migrations.md. */
export type Migration = {
  version: number
  name: string
  hash: string
  statements: readonly string[]
  /** `-- reads_from: 0.4.0`: the oldest release that still works on a database that has had this. */
  readsFrom: string | null
  /** `-- contract: …`: it takes something away, and why no release from `readsFrom` on misses it. */
  contract: string | null
}

const read = new Map<MigrationKind, Migration[]>()

/** The migrations built into this program, in the order in which they run. */
export function migrationFiles(kind: MigrationKind): Migration[] {
  const known = read.get(kind) ?? readFiles(kind)
  read.set(kind, known)
  return [...known]
}

/** What a business's database must have had for this program to work on it. */
export const newestVersion = (files: readonly Migration[] = migrationFiles('tenant')): number =>
  files.at(-1)?.version ?? 0

function readFiles(kind: MigrationKind): Migration[] {
  const folder = `migrations/${kind}/`
  return Object.keys(assets())
    .filter((name) => name.startsWith(folder) && name.endsWith('.sql'))
    .toSorted()
    .map((name) => parseMigration(name.slice(folder.length), assetText(name)))
}

/** `0003_fiado.sql` is version 4: version 0 is a database in which nothing has run. */
export function parseMigration(file: string, text: string): Migration {
  const number = /^(\d{4})_/.exec(file)?.[1]
  if (!number) throw new Error(`a migration's name begins with four digits: ${file}`)
  const { said, sql } = withoutHeader(text)
  const readsFrom = said.get('reads_from') ?? null
  if (readsFrom !== null && !isRelease(readsFrom))
    throw new Error(`${file}: reads_from names a release such as 0.4.0, not «${readsFrom}»`)
  return {
    version: Number(number) + 1,
    name: file,
    hash: hashOf(sql),
    statements: sql
      .split('--> statement-breakpoint')
      .map((statement) => statement.trim().replace(/;$/, ''))
      .filter((statement) => statement !== ''),
    readsFrom,
    contract: said.get('contract') ?? null,
  }
}

/** Of the first so many statements: whether a file that was mended still begins as it was run. */
export const hashOfFirst = (file: Migration, count: number): string =>
  hashOf(file.statements.slice(0, count).join('\0'))

/** What a file says of itself stands above its SQL and outside its hash: saying more of an old one changes nothing. */
function withoutHeader(text: string) {
  const said = new Map<string, string>()
  let sql = text
  for (let line = next(sql); line; line = next(sql)) {
    said.set(line[1] ?? '', (line[2] ?? '').trim())
    sql = sql.slice(line[0].length)
  }
  return { said, sql }
}

const next = (sql: string) => /^-- (reads_from|contract): (.*)\n/.exec(sql)

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
