/** A table as it is read for the export; `primaryKey` in the order of its index. */
export type Column = { name: string; type: string; isNullable: boolean }
export type Table = { name: string; columns: Column[]; primaryKey: string[]; create: string }

/** As the database sends it: instants as text in UTC, figures as numbers, bytes as they are. */
export type SqlCell = string | number | bigint | Uint8Array | null

const secret = /(^|_)(pin|password|token|secret)(_|$)/

/** What never leaves the database, whoever asks (OPERATIONS.md, section 4). */
export const isSecret = (column: string) => secret.test(column)

export const isBytes = ({ type }: Column) => /blob|binary/.test(type)

/** Rows with pictures or whole files in them are read a few at a time: in memory they are large. */
export const pageSize = ({ columns }: Table) => (columns.some(isBytes) ? 8 : 500)

/** The row without what is secret: nothing in its place, so that the copy can still be put back. */
export const withoutSecrets = ({ columns }: Table, row: readonly SqlCell[]): SqlCell[] =>
  columns.map((column, at) => (isSecret(column.name) ? (column.isNullable ? null : '') : (row[at] ?? null)))
