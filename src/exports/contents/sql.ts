import { isBytes, type SqlCell, type Table } from './table.ts'

// The whole database as plain SQL: `mariadb nueva < datos.sql` puts it into an empty database. No line of it
// names a database, and nothing in it is run by the client instead of the server.

export const sqlHead = (about: { businessName: string; uid: string; takenAt: Date; version: string }) =>
  `-- SmartKet ${about.version}: ${about.businessName.replace(/[\r\n]+/g, ' ')}
-- Negocio ${about.uid}, ${about.takenAt.toISOString()}
-- Para restaurarla en una base de datos vacía: mariadb nueva < datos.sql
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci;
SET time_zone = '+00:00';
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
SET foreign_key_checks = 0;
SET unique_checks = 0;
`

export const sqlFoot = `
SET unique_checks = 1;
SET foreign_key_checks = 1;
-- Completo.
`

export const sqlTable = ({ create }: Table) => `\n${create};\n`

/** One statement is at most about so long: far under what a server accepts unless a single row is longer. */
const statementLength = 500_000

/** The rows as INSERT statements, several rows in each. */
export function sqlRows({ name, columns }: Table, rows: readonly (readonly SqlCell[])[]): string {
  const head = `INSERT INTO ${quoted(name)} (${columns.map((column) => quoted(column.name)).join(',')}) VALUES\n`
  const bytes = columns.map(isBytes)
  let text = ''
  let length = 0
  for (const row of rows) {
    const values = `(${row.map((cell, at) => literal(cell, bytes[at] ?? false)).join(',')})`
    const isNew = length === 0 || length + values.length > statementLength
    if (isNew) text += (length === 0 ? '' : ';\n') + head + values
    else text += `,\n${values}`
    length = isNew ? values.length : length + values.length
  }
  return length === 0 ? '' : `${text};\n`
}

function literal(cell: SqlCell, isOfBytes: boolean): string {
  if (cell === null) return 'NULL'
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell)
  if (typeof cell === 'string' && !isOfBytes)
    return `'${cell.replace(special, (sign) => escapes[sign] ?? sign)}'`
  const bytes = Buffer.from(cell)
  return bytes.length === 0 ? "''" : `0x${bytes.toString('hex')}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the signs that end a string or a line early
const special = /[\0\n\r\u001a'\\]/g
const escapes: Record<string, string> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\u001a': '\\Z',
  "'": "\\'",
  '\\': '\\\\',
}

const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``
