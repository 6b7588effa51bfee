import { setImmediate as breathe } from 'node:timers/promises'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompressSync } from 'node:zlib'
import type { RawRow } from './cells.ts'

/** A sheet as it is kept: its rows as lines of JSON, compressed. null where only its name is wanted. */
export type PackedSheet = { name: string; rows: Uint8Array | null }

const compress = promisify(zstdCompress)
/** What is turned into text before other requests have their turn. */
const lettersAtOnce = 200_000

/** Leaves the thread to others between slices: a sheet may have 20,000 rows. */
export async function packRows(rows: readonly RawRow[]): Promise<Buffer> {
  const parts: Buffer[] = []
  let lines = ''
  for (const row of rows) {
    lines += `${JSON.stringify(row)}\n`
    if (lines.length < lettersAtOnce) continue
    parts.push(Buffer.from(lines))
    lines = ''
    await breathe()
  }
  parts.push(Buffer.from(lines))
  return compress(Buffer.concat(parts))
}

/** For workers: all at once. */
export function unpackRows(packed: Uint8Array): RawRow[] {
  const text = zstdDecompressSync(packed).toString()
  return text === '' ? [] : JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`)
}
