/** What the first lines of a copy say of themselves. Tenant 0 is the admin database. */
export type CopyHeader = { uid: string; tenantId: number; generation: number; schemaVersion: number }

/** What is known before the file is opened: from the admin database, or from the manifest of its night. */
export type ExpectedCopy = { uid: string; sha256?: string }

/** Why a copy is not restored. Each is found before anything is written, but `refused` and `strange`. */
export type CopyProblem =
  | 'missing'
  | 'unreadable'
  | 'not-gzip'
  | 'truncated'
  | 'tampered'
  | 'no-header'
  | 'foreign'
  | 'newer'
  | 'refused'
  | 'strange'

const headerLine = /^-- SmartKet uid=(\S{1,64}) tenant=(\d{1,10}) generation=(\d{1,9}) schema=(\d{1,9})\s*$/m
/** The header stands among the first lines: later ones are the business's own data. */
const headBytes = 4096

export const formatHeader = ({ uid, tenantId, generation, schemaVersion }: CopyHeader) =>
  `-- SmartKet uid=${uid} tenant=${tenantId} generation=${generation} schema=${schemaVersion}`

export function parseHeader(head: string): CopyHeader | null {
  const found = headerLine.exec(head.slice(0, headBytes))
  if (!found) return null
  const [, uid = '', tenantId, generation, schemaVersion] = found
  return {
    uid,
    tenantId: Number(tenantId),
    generation: Number(generation),
    schemaVersion: Number(schemaVersion),
  }
}

/** mariadb-dump writes it last, so a file without it is a part of a file, however well its gzip ends. */
export const hasTrailer = (tail: string) => /(^|\n)-- Dump completed[^\n]*\n*$/.test(tail)

/** The first reason not to touch this copy, or null. `newest` is the last migration that this program knows. */
export function whyNotThisCopy(
  header: CopyHeader | null,
  expected: ExpectedCopy,
  newest: number,
): CopyProblem | null {
  if (header === null) return 'no-header'
  if (header.uid !== expected.uid) return 'foreign'
  return header.schemaVersion > newest ? 'newer' : null
}
