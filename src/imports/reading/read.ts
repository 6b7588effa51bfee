import { type FileProblem, fileLimits, type RawSheet } from '../cells.ts'
import { guessMapping, type Mapping } from '../mapping.ts'
import { kindOf, openParts, Refusal } from './container.ts'
import { readCsv } from './csv.ts'
import { withoutGlue } from './glued.ts'
import type { CountedSheet } from './sheet.ts'
import { readWorkbook } from './workbook.ts'

/** `mapping`: the list among the sheets, and what its columns are, as guessed. */
export type SheetsRead =
  | { ok: true; sheets: RawSheet[]; mapping: Mapping }
  | { ok: false; problem: FileProblem; rows: number }

/** Whatever the bytes are, an answer; a file that its reader chokes on is the file's fault, never an error page. */
export async function readSheets(bytes: Buffer, fileName: string): Promise<SheetsRead> {
  try {
    const isZip = kindOf(bytes) === 'zip'
    const found = isZip ? await readWorkbook(await openParts(bytes)) : [readCsv(bytes, fileName)]
    const sheets = found.map((sheet) => ({ ...sheet, rows: withoutGlue(sheet.rows) }))
    if (sheets.every(({ total }) => total === 0)) throw new Refusal('empty')
    return { ok: true, ...withinLimits(sheets.filter(({ total }) => total > 0)) }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem, rows: error.rows }
    return { ok: false, problem: 'not-excel', rows: 0 }
  }
}

/** A list that is too long is refused; a long register of sales beside a short list of products only stays out. */
function withinLimits(sheets: CountedSheet[]): { sheets: RawSheet[]; mapping: Mapping } {
  const mapping = guessMapping(sheets)
  const { headerRow } = mapping
  const list = sheets[mapping.sheet]!
  const above = headerRow === null ? 0 : list.rows.filter((row) => row.number <= headerRow).length
  if (list.total - above > fileLimits.rows) throw new Refusal('too-many-rows', list.total - above)
  const kept = sheets.filter((other) => other === list || other.total <= fileLimits.rows)
  return {
    sheets: kept.map(({ name, rows }) => ({ name, rows })),
    mapping: { ...mapping, sheet: kept.indexOf(list) },
  }
}
