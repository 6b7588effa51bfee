import { type Column, isBytes, type SqlCell } from './table.ts'

/** A cell of a workbook: a Date is the wall clock in Lima, as Excel knows no zones. */
export type SheetCell = string | number | Date | null
export type SheetColumn = { width: number; format: string; read: (cell: SqlCell) => SheetCell }

const limaOffsetMs = -5 * 3_600_000

/**
 * How a column of the database stands in a workbook: céntimos as soles, thousandths as quantities, instants in
 * Lima, yes and no as words. Texts are texts for Excel too: one that begins with «=» stays what was typed.
 */
export function sheetColumn(column: Column): SheetColumn {
  const { name, type } = column
  if (isBytes(column)) return { width: 16, format: '@', read: (cell) => (cell === null ? null : '(archivo)') }
  if (name.endsWith('_centimos')) return { width: 12, format: '#,##0.00', read: divided(100) }
  if (name.endsWith('_thousandths')) return { width: 12, format: '#,##0.000', read: divided(1000) }
  if (name.endsWith('_basis_points')) return { width: 10, format: '0.00%', read: divided(10_000) }
  if (type.startsWith('datetime')) return { width: 20, format: 'dd/mm/yyyy hh:mm:ss', read: inLima }
  if (type === 'tinyint(1)')
    return {
      width: 8,
      format: '@',
      read: (cell) => (cell === null ? null : Number(cell) === 0 ? 'No' : 'Sí'),
    }
  if (/^(tiny|small|medium|big)?int/.test(type)) return { width: 10, format: '0', read: divided(1) }
  return { width: 28, format: '@', read: (cell) => (cell === null ? null : sheetText(String(cell))) }
}

const divided = (by: number) => (cell: SqlCell) => (cell === null ? null : Number(cell) / by)

/** `2026-11-24 01:15:00.000` in UTC is the 23rd at 20:15 in Lima. */
function inLima(cell: SqlCell): SheetCell {
  if (cell === null) return null
  const at = new Date(`${String(cell).replace(' ', 'T')}Z`)
  return Number.isNaN(at.getTime()) ? String(cell) : new Date(at.getTime() + limaOffsetMs)
}

/** Excel takes at most so many signs in one cell, and XML takes no control signs. */
const longestText = 32_767
// biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in the XML of a workbook
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const sheetText = (text: string) => text.replace(control, '').toWellFormed().slice(0, longestText)
