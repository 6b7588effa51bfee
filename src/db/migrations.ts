import { createHash } from 'node:crypto'
import { assets, assetText } from '#src/lib/assets.ts'

export type MigrationKind = 'admin' | 'tenant'

/** One file of drizzle/: its number from 1 on, and its statements in order. */
export type Migration = { version: number; name: string; hash: string; statements: readonly string[] }

/** The migrations built into this program, in the order in which they run. */
export function migrationFiles(kind: MigrationKind): Migration[] {
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
  return {
    version: Number(number) + 1,
    name: file,
    hash: createHash('sha256').update(text).digest('hex'),
    statements: text
      .split('--> statement-breakpoint')
      .map((statement) => statement.trim().replace(/;$/, ''))
      .filter((statement) => statement !== ''),
  }
}
