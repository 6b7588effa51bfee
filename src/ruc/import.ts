/** `smartket padron import FILE`: SUNAT's register into a new table, which then takes the old one's place. */

import type { PadronDb } from '#src/db/padron.ts'
import { linesOf, openPadronFile, type PadronText, UnreadableFile } from '#src/ruc/padron-file.ts'
import { isPadronHeader, parsePadronRow } from '#src/ruc/padron-row.ts'
import { type LoadTable, loadTable, padronRows } from '#src/ruc/padron-table.ts'
import { type PadronProblem, padronProblemText } from '#src/ruc/texts.ts'

export type PadronProgress = { bytes: number; totalBytes: number; rows: number }
export type PadronImport =
  | { ok: true; rows: number; skippedRows: number; previousRows: number }
  | { ok: false; problem: PadronProblem; text: string }

type Options = {
  /** After each batch. `bytes` and `totalBytes` are of the text, unzipped. */
  onProgress?: (progress: PadronProgress) => void
  /** Takes the file although it has broken lines or far fewer rows than the register in use; never without rows. */
  force?: boolean
  /** Stops between two batches, as if the import had never begun. */
  signal?: AbortSignal
}

/**
 * Reads a zip or a txt of any size with flat memory. Until the very end the register in use stays as it is:
 * an import that is refused, fails or is killed leaves it so, and the next one clears up behind it. Safe to
 * repeat; only one runs at a time.
 */
export async function importPadron(
  padron: PadronDb,
  file: string,
  options: Options = {},
): Promise<PadronImport> {
  let text: PadronText | undefined
  try {
    text = await openPadronFile(file)
    const opened = text
    return (
      (await padron.alone('smartket_padron import', () => load(padron, opened, options))) ??
      refuse('already-running')
    )
  } catch (error) {
    if (error instanceof UnreadableFile) return refuse('unreadable', error.message)
    throw error
  } finally {
    text?.close()
  }
}

async function load(padron: PadronDb, text: PadronText, options: Options): Promise<PadronImport> {
  const table = await loadTable(padron)
  try {
    const previousRows = await padronRows(padron)
    const read = await fill(table, text, options)
    if (!read.ok) return read
    const doubt = doubtOf(read, previousRows, options.force ?? false)
    if (doubt) return doubt
    await table.takePlace()
    return { ok: true, rows: read.rows, skippedRows: read.skippedRows, previousRows }
  } finally {
    await table.discard().catch(() => {}) // what cannot be dropped now, the next import drops
  }
}

type Read = { ok: true; rows: number; skippedRows: number }

async function fill(table: LoadTable, text: PadronText, options: Options): Promise<Read | PadronImport> {
  const { totalBytes } = text
  let bytes = 0
  let rows = 0
  let skippedRows = 0
  let isFirst = true
  const lines = linesOf(text, (sofar) => {
    bytes = sofar
  })
  for await (const piece of lines) {
    for (const line of piece.lines) {
      if (isFirst && !isPadronHeader(line)) return refuse('not-a-padron')
      const row = isFirst ? null : parsePadronRow(line)
      if (row) {
        table.add(row)
        rows++
      } else if (piece.isCut && !isFirst) throw new UnreadableFile('it ends in the middle of a row')
      else if (!isFirst && line !== '') skippedRows++
      isFirst = false
    }
    if (options.signal?.aborted) return refuse('stopped')
    if (await table.flushIfFull()) options.onProgress?.({ bytes, totalBytes, rows })
  }
  if (isFirst) return refuse('not-a-padron')
  await table.finish()
  options.onProgress?.({ bytes, totalBytes, rows })
  return { ok: true, rows, skippedRows }
}

/** SUNAT's register only grows, and a stray broken line is nothing: more than that is a bad file. */
function doubtOf({ rows, skippedRows }: Read, previousRows: number, force: boolean): PadronImport | null {
  if (rows === 0) return refuse('no-rows')
  if (force) return null
  if (skippedRows > 10 && skippedRows * 100 > rows) return refuse('broken-rows', String(skippedRows))
  if (rows * 2 < previousRows) return refuse('fewer-rows', `${rows} instead of ${previousRows}`)
  return null
}

const refuse = (problem: PadronProblem, detail = ''): PadronImport => ({
  ok: false,
  problem,
  text: padronProblemText(problem, detail),
})
