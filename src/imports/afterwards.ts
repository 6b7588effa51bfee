import { formatScreenDate } from '#src/lib/lima.ts'
import type { Origin } from './paths.ts'
import type { ImportRecord } from './queries.ts'
import type { Finished, RecentImport, Saving, Undone } from './screen.ts'
import { doneText, madeTexts } from './texts.ts'

type Uploaded = Pick<
  ImportRecord,
  | 'id'
  | 'fileName'
  | 'status'
  | 'staffName'
  | 'summary'
  | 'rowsDone'
  | 'rowsTotal'
  | 'createdAt'
  | 'savedAt'
  | 'undoUntil'
  | 'undoneAt'
  | 'canUndo'
>

export const savingOf = ({ id, fileName, rowsDone, rowsTotal }: Uploaded, origin: Origin): Saving => ({
  id,
  origin,
  fileName,
  done: rowsDone,
  total: rowsTotal,
})

/** `products` on sale now, `removed` ready ones that left with it, `left` the sheets that still hold products. */
export const finishedOf = (
  record: Uploaded,
  origin: Origin,
  { products, removed, left }: { products: number; removed: number; left: string[] },
): Finished => ({
  id: record.id,
  origin,
  fileName: record.fileName,
  made: madeTexts({ ...record.summary, removed }),
  refused: record.summary.refused,
  left,
  canUndo: record.canUndo && record.undoUntil ? doneText(record.undoUntil) : null,
  products,
})

export const undoneOf = (record: Uploaded, origin: Origin, kept: readonly { text: string }[]): Undone => ({
  id: record.id,
  origin,
  fileName: record.fileName,
  when: formatScreenDate(record.undoneAt ?? record.createdAt),
  kept: kept.map(({ text }) => text),
})

/** A line of «Tus últimas cargas». */
export function recentOf(record: Uploaded): RecentImport[] {
  const { id, fileName, status, staffName, summary, canUndo } = record
  if (status === 'descartada') return []
  const when = formatScreenDate(record.undoneAt ?? record.savedAt ?? record.createdAt)
  const made = status === 'guardada' ? madeTexts({ ...summary, same: 0 }).join(' ') : ''
  return [{ id, fileName, status, staffName, when, made, canUndo }]
}
